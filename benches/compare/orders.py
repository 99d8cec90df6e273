#!/usr/bin/env python3
"""How `univers` orders versions, for `crates/advisory/tests/it/peers.rs` to compare with.

usage: orders.py OUT.jsonl [PAIRS PER SCHEME]
then:  WARRANT_PEER_ORDERS=OUT.jsonl cargo nextest run -p warrant-advisory peers

Draws pairs of versions that look like those of each scheme and writes one line for each: scheme, both versions and -1,
0 or 1 as univers has it. Pairs that univers cannot read are left out. Needs `univers`; says so and skips without.
"""

import json
import random
import sys

try:
    from univers import versions
except ImportError as missing:
    print(f"skipped: {missing}; pip install univers")
    sys.exit(0)

SCHEMES = {
    "deb": (versions.DebianVersion, "deb"),
    "rpm": (versions.RpmVersion, "rpm"),
    "apk": (versions.AlpineLinuxVersion, "apk"),
    "gentoo": (versions.GentooVersion, "apk"),
    "gem": (versions.RubygemsVersion, "gem"),
    "maven": (versions.MavenVersion, "maven"),
    "nuget": (versions.NugetVersion, "semver"),
    "npm": (versions.SemverVersion, "semver"),
    "pypi": (versions.PypiVersion, "pypi"),
    "alpm": (versions.ArchLinuxVersion, "alpm"),
    "openssl": (versions.OpensslVersion, "openssl"),
    "conan": (versions.ConanVersion, "conan"),
}

PICK = random.Random(20261128)


def number():
    return PICK.choice(["0", "1", "2", "9", "10", "11", "100", "01"])


def numbers(low, high):
    return ".".join(number() for _ in range(PICK.randint(low, high)))


def maybe(share, text):
    return text() if PICK.random() < share else ""


def word():
    return PICK.choice(["a", "b", "rc", "alpha", "beta", "x", "dev", "pre", "m", "sp", "final", "git"])


def draw(form):
    if form == "deb":
        tail = lambda: PICK.choice(["~", "+", ".", ""]) + word() + maybe(0.5, number)
        head = maybe(0.2, lambda: PICK.choice("012") + ":")
        return head + numbers(1, 3) + maybe(0.5, tail) + maybe(0.6, lambda: "-" + number() + maybe(0.3, tail))
    if form == "rpm":
        tail = lambda: PICK.choice(["~", "^", ".", ""]) + word() + maybe(0.5, number)
        head = maybe(0.2, lambda: PICK.choice("012") + ":")
        return head + numbers(1, 3) + maybe(0.5, tail) + "-" + number() + maybe(0.4, lambda: ".el" + number())
    if form == "apk":
        suffix = lambda: "_" + PICK.choice(["alpha", "beta", "pre", "rc", "p"]) + maybe(0.6, number)
        letter = maybe(0.2, lambda: PICK.choice("abc"))
        return numbers(1, 4) + letter + maybe(0.4, suffix) + maybe(0.1, suffix) + maybe(0.4, lambda: "-r" + number())
    if form == "gem":
        return numbers(1, 4) + maybe(0.4, lambda: "." + word() + maybe(0.5, number)) + maybe(0.2, lambda: "." + number())
    if form == "maven":
        piece = lambda: PICK.choice([".", "-", ""]) + PICK.choice([word(), number(), "SNAPSHOT"])
        return numbers(1, 3) + maybe(0.6, piece) + maybe(0.4, piece)
    if form == "semver":
        pre = lambda: "-" + word() + maybe(0.5, lambda: "." + str(PICK.randint(0, 12)))
        plain = ".".join(str(PICK.randint(0, 12)) for _ in range(3))
        return plain + maybe(0.5, pre) + maybe(0.1, lambda: "+build")
    if form == "pypi":
        pre = lambda: PICK.choice(["a", "b", "rc", ".alpha.", "-c"]) + number()
        post = lambda: PICK.choice([".post", "-", ".r"]) + number()
        return numbers(1, 4) + maybe(0.4, pre) + maybe(0.3, post) + maybe(0.3, lambda: ".dev" + number())
    if form == "alpm":
        tail = lambda: PICK.choice([".", "", "_"]) + word() + maybe(0.4, number)
        head = maybe(0.2, lambda: PICK.choice("012") + ":")
        return head + numbers(1, 3) + maybe(0.5, tail) + maybe(0.6, lambda: "-" + number())
    if form == "openssl":
        old = lambda: PICK.choice(["0.9.8", "1.0.0", "1.0.1", "1.0.2", "1.1.0", "1.1.1"]) + maybe(0.7, lambda: PICK.choice("abz"))
        new = lambda: "3." + str(PICK.randint(0, 3)) + "." + str(PICK.randint(0, 12))
        return PICK.choice([old, new])()
    pre = lambda: "-" + word() + maybe(0.5, lambda: "." + number())
    return numbers(1, 4) + maybe(0.4, pre) + maybe(0.2, lambda: "+" + number())


def main():
    out, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    written = {}
    with open(out, "w") as file:
        for scheme, (kind, form) in SCHEMES.items():
            for _ in range(count):
                a, b = draw(form), draw(form)
                try:
                    left, right = kind(a), kind(b)
                    order = 0 if left == right else (-1 if left < right else 1)
                except Exception:
                    continue
                written[scheme] = written.get(scheme, 0) + 1
                file.write(json.dumps({"scheme": scheme, "a": a, "b": b, "order": order}) + "\n")
    print(written)


if __name__ == "__main__":
    main()
