#!/usr/bin/env python3
"""Warrant's answers beside those of Python's own `packaging`, on the PyPA advisory database.

usage: advisory.py WARRANT PYPA-FOLDER [COMPONENTS]

Writes an SBOM of every (package, version) pair that the advisories list, and the versions right at their ends, has
`warrant vuln match` judge it, and evaluates the same ranges with `packaging.version`. Prints times and every
difference; the exit code is 1 when there is one. Needs `packaging` and `PyYAML`; says so and skips without.
"""

import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

try:
    import yaml
    from packaging.utils import canonicalize_name
    from packaging.version import InvalidVersion, Version
except ImportError as missing:
    print(f"skipped: {missing}; pip install packaging PyYAML")
    sys.exit(0)


def read(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        advisory = yaml.load(path.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", []):
            if affected.get("package", {}).get("ecosystem") == "PyPI":
                name = canonicalize_name(affected["package"]["name"])
                yield advisory["id"], name, affected


def spans(affected):
    for entry in affected.get("ranges", []):
        if entry["type"] != "ECOSYSTEM":
            continue
        start = None
        for event in entry["events"]:
            if "introduced" in event:
                start = Version("0.dev0") if event["introduced"] == "0" else Version(event["introduced"])
            elif "fixed" in event:
                yield start, Version(event["fixed"]), False
                start = None
            elif "last_affected" in event:
                yield start, Version(event["last_affected"]), True
                start = None
        if start is not None:
            yield start, None, False


def holds(version, affected, ranges):
    if version in affected["parsed"]:
        return True
    for start, end, inclusive in ranges:
        if start is not None and version >= start:
            if end is None or version < end or (inclusive and version == end):
                return True
    return False


def main():
    program, folder = sys.argv[1:3]
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 50_000
    rules, pairs = {}, set()
    for identity, name, affected in read(folder):
        affected["parsed"] = set()
        for text in affected.get("versions", []):
            try:
                affected["parsed"].add(Version(text))
                pairs.add((name, text))
            except InvalidVersion:
                pass
        ranges = list(spans(affected))
        rules.setdefault(name, []).append((identity, affected, ranges))
        for start, end, _ in ranges:
            pairs.update((name, str(version)) for version in (start, end) if version is not None)
    pairs = sorted(pairs)[:most]
    start = time.process_time()
    expected = {}
    for name, text in pairs:
        version = Version(text)
        expected[name, text] = {
            identity for identity, affected, ranges in rules[name] if holds(version, affected, ranges)
        }
    theirs = time.process_time() - start
    components = [
        {"type": "library", "name": name, "version": text, "purl": f"pkg:pypi/{name}@{text.replace('+', '%2B')}"}
        for name, text in pairs
    ]
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(bom, file)
        file.flush()
        command = [program, "vuln", "match", file.name, "--advisories", folder, "--json"]
        output = subprocess.run(command, capture_output=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    answers = json.loads(output.stdout)["sboms"][0]["judgements"]
    differences = 0
    for answer in answers:
        key = answer["component"]["name"], answer["component"]["version"]
        found = {identity for hit in answer["judgement"]["affected"] for identity in hit["advisories"]}
        if found != expected.get(key, set()):
            differences += 1
            if differences <= 20:
                print(f"{key}: warrant {sorted(found)}, packaging {sorted(expected.get(key, set()))}")
    hits = sum(len(found) for found in expected.values())
    print(f"{len(pairs)} components, {hits} hits, {differences} differences")
    print(f"packaging {theirs:.2f} CPU-s for matching alone")
    print(f"warrant {used.ru_utime + used.ru_stime:.2f} CPU-s from files to JSON")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
