"""Kills the server or its database under load and checks that nothing acknowledged is lost (see kill-server.sh).

Each round: clients redeem, lock, roll back and spend, a part of them under idempotency keys; the victim is killed at a
random moment and started again; the server must be ready within five seconds. Then every acknowledged effect must be
there once, an unanswered request sent again under its key must have had one effect, the books must balance, and the
database must be whole.
"""
import argparse, glob, http.client, json, os, random, shutil, signal, socket, subprocess, sys, tempfile, threading, time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SERVER = os.environ.get("VOUCHSAFE_SOAK_SERVER") or os.path.join(ROOT, "src/Vouchsafe.Server/bin/Release/net10.0/Vouchsafe.Server")
APP_ID, APP_TOKEN = "11111111-1111-4111-8111-111111111111", "soak-application-token-000000000000000001"
READY_WITHIN = 5.0


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postgres:
    """A cluster of its own, run by the user postgres when we are root."""

    def __init__(self, folder):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not found: sys.exit("PostgreSQL is not installed here.")
        self.bin, self.data, self.port = os.path.dirname(found[-1]), os.path.join(folder, "pg"), free_port()
        os.chmod(folder, 0o755)
        os.mkdir(self.data)
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        if self.user: shutil.chown(self.data, "postgres", "postgres")
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
        self.process = None

    def run(self, tool, *args):
        subprocess.run([*self.user, os.path.join(self.bin, tool), *args], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def start(self):
        options = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.data}", "-c", "max_connections=100"]
        self.process = subprocess.Popen([*self.user, os.path.join(self.bin, "postgres"), "-D", self.data, *options],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", start_new_session=True)
        until = time.time() + 60
        while subprocess.run([os.path.join(self.bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode != 0:
            if time.time() > until: sys.exit("PostgreSQL does not come up.")
            time.sleep(0.05)

    def kill(self):
        # Only this cluster: its first process, which we started, and that one's children (each in a session of its own).
        lines = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True).stdout.splitlines()[1:]
        children = [int(pid) for pid, parent in map(str.split, lines) if int(parent) == self.process.pid]
        for pid in [self.process.pid, *children]:
            try: os.kill(pid, signal.SIGKILL)
            except ProcessLookupError: pass
        self.process.wait()
        try: os.remove(os.path.join(self.data, "postmaster.pid"))
        except FileNotFoundError: pass

    def query(self, sql):
        out = subprocess.run([os.path.join(self.bin, "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "soak", "-AtF", "\x1f", "-c", sql],
                             check=True, capture_output=True, text=True).stdout
        return [line.split("\x1f") for line in out.splitlines()]

    def integrity(self):
        # Reads every heap and index; raises if one is broken.
        subprocess.run([os.path.join(self.bin, "pg_dump"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "soak", "-f", "/dev/null"], check=True)
        return True


class Sqlite:
    def __init__(self, folder): self.file = os.path.join(folder, "soak.db")
    def query(self, sql):
        out = subprocess.run(["sqlite3", "-separator", "\x1f", self.file, ".timeout 20000", sql], check=True, capture_output=True, text=True).stdout
        return [line.split("\x1f") for line in out.splitlines()]
    def integrity(self): return self.query("PRAGMA integrity_check") == [["ok"]]


class Server:
    def __init__(self, folder, settings):
        self.folder, self.settings, self.port, self.process = folder, settings, free_port(), None

    def start(self):
        environment = {**os.environ, "ASPNETCORE_URLS": f"http://127.0.0.1:{self.port}", "VOUCHSAFE_Bootstrap__ApplicationId": APP_ID, "VOUCHSAFE_Bootstrap__ApplicationToken": APP_TOKEN}
        for name, value in self.settings.items(): environment["VOUCHSAFE_" + name.replace(":", "__")] = value
        self.log = open(os.path.join(self.folder, "server.log"), "ab")
        self.process = subprocess.Popen([SERVER], cwd=self.folder, env=environment, stdout=self.log, stderr=self.log)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def wait(self, seconds):
        """Seconds until it is ready; None if it is not within the time."""
        began = time.time()
        while time.time() - began < seconds:
            if self.process.poll() is not None: return None
            try:
                if call(self.port, "GET", "/health/ready")[0] == 200: return time.time() - began
            except OSError: pass
            except http.client.HTTPException: pass
            time.sleep(0.02)
        return None


def call(port, method, path, body=None, key=None, connection=None):
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"X-App-Id": APP_ID, "X-App-Token": APP_TOKEN, "Content-Type": "application/json"}
    if key: headers["Idempotency-Key"] = key
    own.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = own.getresponse()
    text = answer.read()
    if connection is None: own.close()
    return answer.status, text


class Load:
    """Clients that work until told to stop; they remember what was acknowledged and what was left unanswered."""

    def __init__(self, port, seed):
        self.port, self.stop, self.seed = port, threading.Event(), seed
        self.redeemed, self.undone, self.answers, self.open, self.lock = [], [], {}, [], threading.Lock()

    def run(self, clients, round_number):
        self.stop.clear()
        self.threads = [threading.Thread(target=self.client, args=(random.Random(f"{self.seed}/{round_number}/{i}"), f"{round_number}-{i}")) for i in range(clients)]
        for thread in self.threads: thread.start()

    def end(self):
        self.stop.set()
        for thread in self.threads: thread.join()

    def client(self, rnd, name):
        connection, mine, number = None, [], 0
        while not self.stop.is_set():
            number += 1
            kind = rnd.randrange(10)
            code = rnd.choice(["SOAK-A", "SOAK-B", "SOAK-CARD"])
            use = {"redeemables": [{"object": "voucher", "id": code}], "order": {"amount": 7}, "customer": {"source_id": f"c{rnd.randrange(20)}"}}
            if kind < 6: path, body = "/v1/redemptions", use
            elif kind < 8: path, body = "/v1/validations", {**use, "session": {"type": "LOCK", "key": f"s{rnd.randrange(40)}", "ttl": rnd.randrange(1, 5), "ttl_unit": "SECONDS"}}
            elif mine: path, body = f"/v1/redemptions/{mine.pop()}/rollback", {}
            else: continue
            key = f"k-{name}-{number}"
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                status, text = call(self.port, "POST", path, body, key, connection)
            except (OSError, http.client.HTTPException):
                if connection: connection.close()
                connection = None
                with self.lock: self.open.append((path, body, key))
                time.sleep(0.05)
                continue
            self.note(path, body, key, status, text, mine)
            if status >= 500: time.sleep(0.05)
        if connection: connection.close()

    def note(self, path, body, key, status, text, mine):
        with self.lock:
            if status >= 500:
                self.open.append((path, body, key))
                return
            if status != 200: return
            self.answers[key] = (path, body, text)
            if path == "/v1/redemptions":
                self.redeemed.append(json.loads(text)["redemptions"][0]["id"])
                mine.append(self.redeemed[-1])
            elif path.endswith("/rollback"): self.undone.append(path.split("/")[3])


BOOKS = {
    "a counter below zero": "SELECT owner, kind, value FROM counters WHERE value < 0",
    "uses that are not redemptions and locks": """
        SELECT v.id, COALESCE(u.value, 0) FROM vouchers v LEFT JOIN counters u ON u.owner = v.id AND u.kind = 1 WHERE COALESCE(u.value, 0) <>
          (SELECT COUNT(*) FROM redemptions r WHERE r.voucher_id = v.id AND r.kind = 1) - (SELECT COUNT(*) FROM redemptions r WHERE r.voucher_id = v.id AND r.kind = 3)
          + (SELECT COALESCE(SUM(l.uses), 0) FROM validation_locks l WHERE l.redeemable_id = v.id)""",
    "a passed limit": "SELECT v.id FROM vouchers v JOIN counters u ON u.owner = v.id AND u.kind = 1 WHERE u.value > v.redemption_quantity",
    "credits that appeared or vanished": """
        SELECT v.id FROM vouchers v LEFT JOIN counters b ON b.owner = v.id AND b.kind = 2 WHERE v.type = 2 AND
          COALESCE(b.value, 0) + (SELECT COALESCE(SUM(l.credits), 0) FROM validation_locks l WHERE l.redeemable_id = v.id)
          <> COALESCE(v.gift_amount, 0) + (SELECT COALESCE(SUM(t.amount), 0) FROM voucher_transactions t WHERE t.voucher_id = v.id)""",
    "two rollbacks of one redemption": "SELECT rollback_of FROM redemptions WHERE kind = 3 GROUP BY rollback_of HAVING COUNT(*) > 1",
    "a lock without its counter": "SELECT l.lock_id FROM validation_locks l LEFT JOIN counters c ON c.owner = l.lock_id AND c.kind = 6 WHERE COALESCE(c.value, 0) <> 1",
    "an order of nobody": "SELECT r.id FROM redemptions r WHERE r.kind = 1 AND r.order_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = r.order_id)",
}


def check(database, load, server, whole):
    problems = []
    stored = {row[0]: row[1] for row in database.query("SELECT id, kind FROM redemptions WHERE kind IN (1, 3)")}
    undone = {row[0] for row in database.query("SELECT rollback_of FROM redemptions WHERE kind = 3")}
    problems += [f"{one} was acknowledged and is not there" for one in load.redeemed if one not in stored]
    problems += [f"the rollback of {one} was acknowledged and is not there" for one in load.undone if one not in undone]
    # An unanswered request sent again: one effect, then the same bytes for ever.
    for path, body, key in load.open:
        first = call(server.port, "POST", path, body, key)
        if first[0] >= 500: problems.append(f"sending {key} again: {first}")
        elif first[0] == 200:
            if call(server.port, "POST", path, body, key) != first: problems.append(f"{key} was answered twice, differently")
            load.note(path, body, key, *first, [])
    for key in random.sample(list(load.answers), min(10, len(load.answers))):
        path, body, text = load.answers[key]
        if call(server.port, "POST", path, body, key) != (200, text): problems.append(f"{key} is answered differently after the restart")
    for what, sql in BOOKS.items():
        rows = database.query(sql)
        if rows: problems.append(f"{what}: {rows[:3]}")
    twice = database.query("SELECT COUNT(*) FROM (SELECT project_id, operation, key FROM idempotency_records GROUP BY project_id, operation, key HAVING COUNT(*) > 1) t")
    if twice != [["0"]]: problems.append("an idempotency key stands twice")
    if whole and not database.integrity(): problems.append("the database is damaged")
    load.open.clear()
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--victim", choices=["server", "postgres"], required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--ready-within", type=float, default=READY_WITHIN)
    options = parser.parse_args()
    if not os.access(SERVER, os.X_OK): sys.exit("Build first: dotnet build src/Vouchsafe.Server -c Release")
    print(f"seed {options.seed}: {options.kills} kills of the {options.victim}, {options.database}", flush=True)
    random.seed(options.seed)
    folder = tempfile.mkdtemp(prefix="vouchsafe-soak-")
    cluster = Postgres(folder) if options.database == "postgres" else None
    if cluster: cluster.start()
    settings = {"Storage:Provider": options.database, "Storage:ConnectionString":
        f"Host=127.0.0.1;Port={cluster.port};Username=postgres;Database=soak" if cluster else f"Data Source={os.path.join(folder, 'soak.db')}"}
    server = Server(folder, settings)
    failed = True
    try:
        server.start()
        if server.wait(60) is None: sys.exit("The server does not start; see " + folder)
        database = cluster or Sqlite(folder)
        discount = {"type": "DISCOUNT_VOUCHER", "discount": {"type": "AMOUNT", "amount_off": 1, "effect": "APPLY_TO_ORDER"}}
        for path, body in [("/v1/vouchers/SOAK-A", discount), ("/v1/vouchers/SOAK-B", {**discount, "redemption": {"quantity": 5000}}),
                           ("/v1/vouchers/SOAK-CARD", {"type": "GIFT_VOUCHER", "gift": {"amount": 100_000_000, "effect": "APPLY_TO_ORDER"}})]:
            if call(server.port, "POST", path, body)[0] != 200: sys.exit("The vouchers cannot be made.")
        load, slowest, retried = Load(server.port, options.seed), 0.0, 0
        for kill in range(1, options.kills + 1):
            load.run(options.clients, kill)
            time.sleep(random.uniform(0.3, 1.5))
            if options.victim == "server":
                server.kill()
                load.end()
                server.start()
                ready = server.wait(60)
            else:
                cluster.kill()
                time.sleep(random.uniform(0, 0.3))
                load.end()
                cluster.start()
                ready = server.wait(60)
            if ready is None: sys.exit(f"kill {kill}: not ready within a minute; see {folder}/server.log")
            slowest, retried = max(slowest, ready), retried + len(load.open)
            problems = check(database, load, server, whole=kill % 5 == 0 or kill == options.kills)
            if ready > options.ready_within: problems.append(f"ready after {ready:.1f} s")
            if problems: sys.exit(f"kill {kill} (seed {options.seed}, files in {folder}):\n  " + "\n  ".join(problems[:20]))
            if kill % 5 == 0 or kill == options.kills:
                print(f"{kill} kills: {len(load.redeemed)} redemptions and {len(load.undone)} rollbacks acknowledged and there, {retried} unanswered sent again, ready after {slowest:.2f} s at most", flush=True)
        failed = False
    finally:
        if server.process and server.process.poll() is None: server.kill()
        if cluster and cluster.process and cluster.process.poll() is None: cluster.kill()
        if not failed: shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
