"""The example in R reads the tables of a province and of bare stations, in their full and their short form.
Without R it is skipped (exit code 77)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def example(folder):
    return subprocess.run(["Rscript", "--vanilla", "tools/r/example.R", str(folder)], cwd=ROOT, capture_output=True,
                          text=True, check=False)


def simulate(scenario, folder, *more):
    subprocess.run([os.environ["PISHKHAN_PROGRAM"], "run", scenario, "--quiet", "--replications", "3", "--out",
                    str(folder), *more], cwd=ROOT, check=True)


if shutil.which("Rscript") is None:
    print("skipped: there is no Rscript; Debian's package is r-base-core")
    sys.exit(77)
done = example("results/reference")
assert done.returncode == 0, done.stderr
for word in ("traditional", "office", "wait_min_mean"):
    assert word in done.stdout, done.stdout
with tempfile.TemporaryDirectory() as temporary:
    for name, scenario, word in (("province", "tests/scenarios/small/small.yaml", "traditional"),
                                 ("stations", "scenarios/textbook/bank-day.yaml", "bank")):
        printed = []
        for form in ("full", "short"):
            folder = Path(temporary) / f"{name}-{form}"
            simulate(scenario, folder, "--columns", form, "--bom")
            done = example(folder)
            assert done.returncode == 0, done.stderr
            assert word in done.stdout, done.stdout
            printed.append(done.stdout.splitlines()[0])
        assert printed[0] == printed[1]
    simulate("scenarios/textbook/bank-day.yaml", Path(temporary) / "database", "--format", "sqlite")
    done = example(Path(temporary) / "database")
    assert done.returncode != 0 and "--format csv" in done.stderr, done.stderr
