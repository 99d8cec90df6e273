#!/usr/bin/env python3
"""Warrant's loss distributions beside those of pyfair and pycrq, on the same scenarios in one run.

usage: risk.py BENCHES [SCENARIOS] [TRIALS]

BENCHES is the built program of `benches/`. Each case is given to all three: pyfair and pycrq as their documentation
shows, with TRIALS trials (100,000 if not said). Prints processor time, memory is left aside, and the error of each
against the reference: a closed form where there is one, else formulas for the mean. Both peers multiply a rate by an
amount and know no events; what that does to tails is the point of the comparison, not a fault of this script.
pyfair and pycrq are installed from PyPI, at the versions below, into a virtual environment under target/compare. What
they say of their dependencies is left aside: both run on current releases of numpy, pandas, scipy and matplotlib.
"""

import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import venv
import warnings

PEERS = ("pyfair==0.1a13", "pycrq==1.1.0")
BELOW = ("numpy", "pandas", "scipy", "matplotlib", "xlrd")

warnings.filterwarnings("ignore")


def in_own_environment():
    """Starts anew with the Python that has both peers."""
    home = pathlib.Path(__file__).resolve().parents[2] / "target" / "compare" / "-".join(PEERS).replace("==", "-")
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        print(f"installing {', '.join(PEERS)} into {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
        pip = [python, "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--no-deps", *PEERS], check=True, stdout=sys.stderr)
        subprocess.run([*pip, *BELOW], check=True, stdout=sys.stderr)
        (home / "ready").touch()
    os.execv(python, [python, __file__, *sys.argv[1:]])


try:
    import numpy
    import pyfair
    import pycrq
except ImportError as missing:
    if sys.prefix != sys.base_prefix:
        sys.exit(f"the environment lacks what it was made for: {missing}; delete it under target/compare")
    in_own_environment()


def poisson_constant(rate, amount):
    """Mean, P(no loss), VaR 99 % of a Poisson number of equal losses."""
    total, term, count = math.exp(-rate), math.exp(-rate), 0
    while total < 0.99:
        count += 1
        term *= rate / count
        total += term
    return {"mean": rate * amount, "none": math.exp(-rate), "var99": count * amount}


def warrant(benches, scenarios):
    lines = ['currency = "EUR"']
    for at, (rate, amount) in enumerate(scenarios):
        lines += ["[[scenario]]", f'id = "s{at}"', f"frequency = {rate[0]}", f"loss.total = {{ amount = {amount[0]} }}"]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "case.toml"
        path.write_text("\n".join(lines))
        answer = json.loads(subprocess.run([benches, "risk", path], check=True, capture_output=True).stdout)
    levels = {level["level"]: level for level in answer["figures"]["levels"]}
    return {
        "seconds": answer["seconds"],
        "confirmed": answer["with_second_opinion"],
        "mean": answer["figures"]["ale"],
        "none": 1 - answer["figures"]["any_loss"],
        "var99": levels[0.99]["var"]["estimate"],
    }


def summary(start, losses):
    losses = numpy.asarray(losses, dtype=float)
    return {
        "mean": losses.mean(),
        "none": (losses <= 0).mean(),
        "var99": float(numpy.quantile(losses, 0.99)),
        "seconds": time.process_time() - start,
    }


def by_pyfair(scenarios, trials):
    start = time.process_time()
    total = numpy.zeros(trials)
    for at, (rate, amount) in enumerate(scenarios):
        model = pyfair.FairModel(name=f"s{at}", n_simulations=trials, random_seed=42 + at)
        model.input_data("Loss Event Frequency", **rate[1])
        model.input_data("Loss Magnitude", **amount[1])
        model.calculate_all()
        total += model.export_results()["Risk"].to_numpy()
    return summary(start, total)


def by_pycrq(scenarios, trials):
    def distribution(values):
        if "constant" in values:
            return pycrq.constant(values["constant"])
        return pycrq.pert(values["low"], values["mode"], values["high"])

    start = time.process_time()
    total = numpy.zeros(trials)
    for at, (rate, amount) in enumerate(scenarios):
        scenario = (
            pycrq.ScenarioBuilder(f"s{at}")
            .asset("asset", "Information")
            .threat("threat", "External Adversarial")
            .lef(distribution(rate[1]))
            .primary_loss(distribution(amount[1]))
            .build()
        )
        simulator = pycrq.FAIRSimulator(n_simulations=trials, seed=42 + at)
        total += simulator.simulate(scenario).annual_loss_exposure
    return summary(start, total)


def main():
    benches = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    trials = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
    certain = ("{ poisson = 0.1 }", {"constant": 0.1})
    million = ("{ constant = 1_000_000 }", {"constant": 1_000_000})
    pert = lambda low, mode, high: (f"{{ pert = {{ low = {low}, mode = {mode}, high = {high} }} }}", {"low": low, "mode": mode, "high": high})
    uncertain = lambda low, mode, high: (f"{{ uncertain = {pert(low, mode, high)[0]} }}", pert(low, mode, high)[1])
    mean = lambda low, mode, high: (low + 4 * mode + high) / 6
    many = [(uncertain(0.1, 0.5 + 0.001 * i, 3), pert(10_000, 50_000, 2_000_000)) for i in range(count)]
    cases = [
        ("0.1 a year, a million each", [(certain, million)], poisson_constant(0.1, 1_000_000)),
        ("PERT rate, PERT amount", many[:1], {
            "mean": mean(0.1, 0.5, 3) * mean(10_000, 50_000, 2_000_000), "none": 0.473374, "var99": 1_982_517,
        }),
        (f"{count} such", many, {
            "mean": sum(mean(0.1, 0.5 + 0.001 * i, 3) * mean(10_000, 50_000, 2_000_000) for i in range(count)),
        }),
    ]
    print(f"pyfair {getattr(pyfair, 'VERSION', '?')}, pycrq {getattr(pycrq, '__version__', '?')}, {trials:,} trials")
    for name, scenarios, reference in cases:
        print(f"\n{name}")
        print(f"  {'':10}{'seconds':>10}{'ratio':>8}{'mean':>14}{'error':>9}{'no loss':>9}{'error':>9}{'VaR 99 %':>14}{'error':>9}")
        found = {"warrant": warrant(benches, scenarios)}
        for peer, run in [("pyfair", by_pyfair), ("pycrq", by_pycrq)]:
            try:
                found[peer] = run(scenarios, trials)
            except Exception as problem:  # a peer that refuses a case is part of the comparison
                print(f"  {peer:10}refuses: {type(problem).__name__}: {str(problem)[:90]}")
        reference = {**found["warrant"], **reference}
        error = lambda value, wanted: f"{abs(value - wanted) / abs(wanted):.1e}" if wanted else f"{value:.1e}"
        for who, figures in found.items():
            ratio = figures["seconds"] / found["warrant"]["seconds"]
            print(
                f"  {who:10}{figures['seconds']:>10.4f}{ratio:>8.1f}{figures['mean']:>14,.0f}"
                f"{error(figures['mean'], reference['mean']):>9}{figures['none']:>9.4f}"
                f"{error(figures['none'], reference['none']):>9}{figures['var99']:>14,.0f}"
                f"{error(figures['var99'], reference['var99']):>9}"
            )
        print(f"  warrant with its second opinion of 100,000 years: {found['warrant']['confirmed']:.4f} s")


main()
