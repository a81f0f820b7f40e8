"""Reads a mutation report, tries again what it cannot know, each in a process of its own, then prints scores and survivors.

    python3 tests/mutation.py REPORT TEST-EXECUTABLE PROJECT
"""
import collections
import concurrent.futures
import json
import os
import struct
import subprocess
import sys
import tempfile

LIMIT_SECONDS = 120


def survives(executable, mutant):
    """Runs all tests with one mutant in force from the start of the process."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(struct.pack("<i", int(mutant["id"])))
        file.flush()
        try:
            run = subprocess.run([executable, "-noColor", "-noLogo", "-stopOnFail"], env=os.environ | {"STRYKER_MUTANT_FILE": file.name},
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return run.returncode == 0


def retry(report, executable):
    # Mutants of tables that are built once were not in force; what ran into the time limit may only have met a busy machine.
    again = [m for file in report["files"].values() for m in file["mutants"]
             if m["status"] == "Timeout" or (m.get("static") and m["status"] == "Survived")]
    if not again:
        return
    if not survives(executable, {"id": -1}):
        sys.exit("The tests fail without a mutant.")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for mutant, alive in zip(again, pool.map(lambda m: survives(executable, m), again)):
            mutant["status"] = "Survived" if alive else "Killed"


def main():
    path, executable, project = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    retry(report, executable)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(report, file)

    folders = collections.defaultdict(collections.Counter)
    for name, file in sorted(report["files"].items()):
        name = name.split(f"{project}/")[-1]
        folder = name.split("/")[0] if "/" in name else "(root)"
        lines = file["source"].split("\n")
        for mutant in file["mutants"]:
            folders[folder][mutant["status"]] += 1
            if mutant["status"] in ("Survived", "NoCoverage"):
                start, end = mutant["location"]["start"], mutant["location"]["end"]
                line = lines[start["line"] - 1]
                code = line[start["column"] - 1: end["column"] - 1 if start["line"] == end["line"] else None].strip()
                print(f"{name}:{start['line']} {mutant['status']}: {code[:100]!r} -> {mutant.get('replacement', '')[:100]!r}")

    print(f"\n{'folder':<14}{'killed':>8}{'survived':>10}{'score':>9}")
    total = collections.Counter()
    for folder, counts in [*sorted(folders.items()), ("all", None)]:
        counts = total if counts is None else counts
        total = total + counts if counts is not total else total
        killed, survived = counts["Killed"] + counts["Timeout"], counts["Survived"] + counts["NoCoverage"]
        if killed + survived:
            print(f"{folder:<14}{killed:>8}{survived:>10}{100 * killed / (killed + survived):>8.1f}%")


main()
