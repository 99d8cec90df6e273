#!/usr/bin/env python3
"""Profile resolution side by side: Warrant and compliance-trestle, each as a cold process.

    python3 benches/compare/profile_resolve.py WARRANT FOLDER [--times 20]

WARRANT is the release binary. FOLDER holds NIST's SP 800-53 files of one release: the catalogue
NIST_SP-800-53_rev5_catalog.json and the profiles NIST_SP-800-53_rev5_{HIGH,MODERATE,LOW}-baseline_profile.json.
compliance-trestle is installed from PyPI, at the version below, into a virtual environment under target/compare.
Printed are medians of CPU time (user and system), of wall time, and of peak memory.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

TRESTLE = "compliance-trestle==5.2.0"
LEVELS = ("HIGH", "MODERATE", "LOW")


def run(command, folder):
    """One cold run: CPU milliseconds, wall milliseconds, peak memory in MB."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{words.decode(errors='replace')}")
    wall = time.monotonic() - started
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, usage.ru_maxrss / 1024


def medians(command, folder, times):
    rows = [run(command, folder) for _ in range(times)]
    return [statistics.median(column) for column in zip(*rows)]


def trestle_program():
    home = Path(__file__).resolve().parents[2] / "target" / "compare" / TRESTLE.replace("==", "-")
    program = home / "bin" / "trestle"
    if not program.exists():
        print(f"installing {TRESTLE} into {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
        pip = [home / "bin" / "python", "-m", "pip", "install", "--quiet", TRESTLE]
        subprocess.run(pip, check=True, stdout=sys.stderr)
    return program


def trestle_workspace(trestle, source, folder, outside):
    """A trestle workspace with the catalogue and the profiles, which import it by trestle's own address.

    What is imported must lie outside the workspace.
    """

    def step(*arguments):
        subprocess.run([trestle, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    step("init", "--local")
    shutil.copy(source / "NIST_SP-800-53_rev5_catalog.json", outside / "catalogue.json")
    step("import", "-f", str(outside / "catalogue.json"), "-o", "nist")
    for level in LEVELS:
        profile = json.loads((source / f"NIST_SP-800-53_rev5_{level}-baseline_profile.json").read_text())
        for entry in profile["profile"]["imports"]:
            entry["href"] = "trestle://catalogs/nist/catalog.json"
        changed = outside / f"{level}.json"
        changed.write_text(json.dumps(profile))
        step("import", "-f", str(changed), "-o", level)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warrant", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=20)
    arguments = parser.parse_args()
    warrant, source = arguments.warrant.resolve(), arguments.folder.resolve()
    trestle = trestle_program()
    print(f"{'':10} {'':9} {'CPU ms':>9} {'wall ms':>9} {'peak MB':>9}")
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as outside:
        scratch = Path(scratch)
        trestle_workspace(trestle, source, scratch, Path(outside))
        for level in LEVELS:
            profile = source / f"NIST_SP-800-53_rev5_{level}-baseline_profile.json"
            ours = [warrant, "catalog", "resolve", profile, "-o", scratch / "resolved.json"]
            theirs = [trestle, "author", "profile-resolve", "-n", level, "-o", f"{level}_resolved"]
            rows = [
                ("warrant", medians(ours, scratch, arguments.times)),
                ("trestle", medians(theirs, scratch, arguments.times)),
            ]
            for name, (cpu, wall, peak) in rows:
                print(f"{level:10} {name:9} {cpu:9.1f} {wall:9.1f} {peak:9.1f}")
            print(f"{level:10} {'ratio':9} {rows[1][1][0] / rows[0][1][0]:9.1f} {rows[1][1][1] / rows[0][1][1]:9.1f}")


if __name__ == "__main__":
    main()
