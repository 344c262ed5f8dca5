"""The example runs as it stands, and prints what it says."""

import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "tools/python/examples/week.py"

with tempfile.TemporaryDirectory() as elsewhere:
    done = subprocess.run([sys.executable, str(EXAMPLE)], cwd=elsewhere, capture_output=True, text=True, check=False)
assert done.returncode == 0, done.stderr
for word in ("wait_s_mean", "traditional", "difference"):
    assert word in done.stdout, f"no {word} in:\n{done.stdout}"
code = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#\""]
assert len(code) <= 10, f"{len(code)} lines"
