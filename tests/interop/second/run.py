"""Runs the cases: `run.py [--only TEXT] [--keep DIR] ZIZHI`. Exit 0 when the program agrees with every expectation."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor

from cases import CASES
from shape import faults
from world import World, shanghai

EXIT = {"passed": 0, "passed_with_conditions": 0, "pending": 3, "failed": 1}


def findings(report):
    """{(code, outcome)} of everything in the report that is not a pass."""
    checks = list(report["checks"])
    for part in report["credentials"] + report["items"]:
        checks += part["checks"]
    return {(c["code"], c["outcome"]) for c in checks if c["outcome"] != "pass"}


def differences(case, process):
    if case.verdict is None:
        return [] if process.returncode == 2 and not process.stdout else [f"exit {process.returncode}, expected 2 and no report"]
    try:
        report = json.loads(process.stdout)
    except ValueError:
        return [f"no report, exit {process.returncode}: {process.stderr.strip()[:400]}"]
    found, wrong = findings(report), [f"report: {fault}" for fault in faults(report)]
    if report["verdict"] != case.verdict:
        wrong.append(f"verdict {report['verdict']}, expected {case.verdict}")
    if process.returncode != EXIT[case.verdict]:
        wrong.append(f"exit {process.returncode}, expected {EXIT[case.verdict]}")
    codes = {code for code, _ in found}
    wanted = {word.split("=")[0] for word in case.codes}
    if codes != wanted:
        wrong.append(f"codes too many {sorted(codes - wanted)}, missing {sorted(wanted - codes)}")
    for word in case.codes:
        code, _, outcome = word.partition("=")
        if outcome and code in codes and (code, outcome) not in found:
            wrong.append(f"{word} but {sorted(o for c, o in found if c == code)}")
    return wrong


def run(case, zizhi, keep):
    try:
        with tempfile.TemporaryDirectory() as folder:
            if keep:
                folder = os.path.join(keep, case.slug())
                os.makedirs(folder, exist_ok=True)
            world = World(**case.world)
            for change in case.changes:
                change(world)
            dossier, trust = world.write_to(folder)
            for change in case.files:
                dossier, trust = change(dossier, trust) or (dossier, trust)
            command = [zizhi, "verify", dossier, "--json", "--at", shanghai(world.now)]
            trust, *root = trust if isinstance(trust, list) else [trust]
            command += ["--trust", trust] + (["--root", *root] if root else [])
            command += ["--as", world.as_] if world.as_ else []
            process = subprocess.run(command + world.arguments, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
            if keep:
                with open(os.path.join(folder, "report.json"), "w") as f:
                    f.write(process.stdout)
            return differences(case, process)
    except Exception:
        return [traceback.format_exc()]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("zizhi")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--keep")
    arguments = arguments.parse_args()
    cases = [c for c in CASES if arguments.only in c.name]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda c: run(c, arguments.zizhi, arguments.keep), cases))
    failed = 0
    for case, wrong in zip(cases, results):
        print(("ok   " if not wrong else "DIFF ") + case.name)
        for line in wrong:
            print("       " + line)
        failed += bool(wrong)
    print(f"{len(cases)} cases, {failed} differences")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
