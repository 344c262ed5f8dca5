"""The example in R reads the committed tables. Without R it is skipped (exit code 77)."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

if shutil.which("Rscript") is None:
    print("skipped: there is no Rscript; Debian's package is r-base-core")
    sys.exit(77)
done = subprocess.run(["Rscript", "--vanilla", "tools/r/example.R", "results/reference"], cwd=ROOT,
                      capture_output=True, text=True, check=False)
assert done.returncode == 0, done.stderr
for word in ("traditional", "office", "wait_s_mean"):
    assert word in done.stdout, done.stdout
