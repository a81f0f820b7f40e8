#!/usr/bin/env python3
"""Replays the worked examples of ../shared/cases against the built server, on both databases.

  tests/cases/replay.py [--provider sqlite|postgres] [--filter TEXT]

The examples are reference data that may lie beside the repository; without them there is nothing to do.
A case that fails is a failed test.
"""
import argparse
import glob
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases"
SERVER = ROOT / "src/Vouchsafe.Server/bin" / os.environ.get("CONFIGURATION", "Release") / "net10.0/Vouchsafe.Server.dll"
START_LIMIT_SECONDS = 180
REPLAY_LIMIT_SECONDS = 400


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--provider", choices=["sqlite", "postgres"])
    parser.add_argument("--filter", default="", help="only cases whose area/name contains this")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped and folders removed

    passed = failed = skipped = 0
    if not (CASES / "run.py").is_file():
        print("SKIP worked examples: the reference data does not lie beside this repository (../shared/cases)")
        skipped = 1
    else:
        for provider in [options.provider] if options.provider else ["sqlite", "postgres"]:
            print(f"== {provider}", flush=True)
            counts = replay_on(provider, options.filter)
            passed, failed = passed + counts[0], failed + counts[1]
    print(f"passed {passed}\nfailed {failed}\nskipped {skipped}")
    return 1 if failed else 0


def replay_on(provider, wanted):
    with tempfile.TemporaryDirectory(prefix="vouchsafe-cases-") as folder:
        if provider == "sqlite":
            return replay(folder, provider, f"Data Source={folder}/cases.db", wanted)
        with Postgres() as database:
            return replay(folder, provider, database.connection_string, wanted)


def replay(folder, provider, connection, wanted):
    with Server(folder, provider, connection) as server:
        command = [
            sys.executable, str(CASES / "run.py"), "--base", server.url,
            "--app-id", server.keys["ApplicationId"], "--app-token", server.keys["ApplicationToken"],
            "--client-id", server.keys["ClientApplicationId"], "--client-token", server.keys["ClientToken"],
            "--mgmt-id", server.keys["ManagementId"], "--mgmt-token", server.keys["ManagementToken"], "--project-id", server.project,
            "--origin", "https://shop.example", "--x-forwarded-for", "--strict", "--timeout", "60", "--filter", wanted,
            *sorted(glob.glob(str(CASES / "*.json"))),
        ]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=REPLAY_LIMIT_SECONDS)
        print(run.stdout, end="", flush=True)
        totals = re.findall(r"^(\d+) passed, (\d+) failed$", run.stdout, re.MULTILINE)
        return tuple(map(int, totals[-1])) if totals else (0, 1)


class Server:
    """The product in a process of its own, with keys made for this run, trusting this machine to name client addresses."""

    def __init__(self, folder, provider, connection):
        if not SERVER.is_file():
            sys.exit(f"{SERVER} is missing: build first (dotnet build -c Release), or run ./test.sh")
        self.url = f"http://127.0.0.1:{free_port()}"
        self.keys = {n: str(uuid.uuid4()) for n in ("ApplicationId", "ClientApplicationId", "ManagementId")}
        self.keys |= {n: secrets.token_hex(24) for n in ("ApplicationToken", "ClientToken", "ManagementToken")}
        settings = {
            "Storage__Provider": provider, "Storage__ConnectionString": connection, "Network__TrustedProxies": "127.0.0.1,::1",
            "Bootstrap__WebsiteUrls": "shop.example", "Bootstrap__ClientPermissions": "all",
            **{f"Bootstrap__{name}": value for name, value in self.keys.items()},
        }
        environment = {**os.environ, "ASPNETCORE_URLS": self.url, **{f"VOUCHSAFE_{name}": value for name, value in settings.items()}}
        self.log = open(os.path.join(folder, "server.log"), "w+")
        self.process = subprocess.Popen(["dotnet", str(SERVER)], cwd=folder, env=environment, stdout=self.log, stderr=subprocess.STDOUT)

    def __enter__(self):
        try:
            wait_until(self.is_ready, "the server did not become ready")
            # Its project's id, from what the first start prints.
            self.project = re.search(r"Project\s+(\S+)", self.output()).group(1)
            return self
        except BaseException:
            print(self.output())
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def is_ready(self):
        if self.process.poll() is not None:
            sys.exit(f"the server ended with {self.process.returncode}:\n{self.output()}")
        try:
            return urllib.request.urlopen(self.url + "/health/ready", timeout=5).status == 200 and "Project" in self.output()
        except (urllib.error.URLError, OSError):
            return False

    def output(self):
        with open(self.log.name) as file:
            return file.read()


class Postgres:
    """A cluster of its own in a temporary folder. PostgreSQL refuses to run as root."""

    def __enter__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[-2]))
        if not found:
            sys.exit("PostgreSQL is not installed here; ./test.sh installs it")
        self.binaries, self.folder, self.port = found[-1], tempfile.mkdtemp(prefix="vouchsafe-cases-pg-"), free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        try:
            self.tool("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
            self.tool("pg_ctl", "-w", "-l", f"{self.folder}/log", "-o",
                      f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}", "start")
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        self.connection_string = f"Host=127.0.0.1;Port={self.port};Username=postgres;Database=cases"
        return self

    def __exit__(self, *_):
        self.tool("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def tool(self, name, *arguments):
        command = [f"{self.binaries}/{name}", "-D", f"{self.folder}/data", *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        # Not a pipe: the server that pg_ctl leaves running would keep it open.
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_until(holds, complaint):
    end = time.monotonic() + START_LIMIT_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(complaint)
        time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
