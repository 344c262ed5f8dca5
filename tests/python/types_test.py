"""The package's types hold, and a program that uses them. Without mypy it is skipped (exit code 77)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tools/python/pishkhan"
RIGHT = """
from pathlib import Path
import pishkhan

def progress(done: int, of: int) -> None:
    print(done, of)

scenario: pishkhan.Scenario = pishkhan.Scenario.load(Path("a.yaml")).set("run.days", 7).set({"run.seed": 3})
result = pishkhan.run(scenario, replications=4, visits="1%", progress=progress)
longest: float = float(result.tables.stations["wait_s_mean"].max())
names: list[str] = list(result.tables)
comparison: pishkhan.Comparison = pishkhan.compare("a.yaml", result, waterfall=True)
comparison.write("folder", ["csv", "html"], force=True)
points = len(pishkhan.sweep("study.yaml").tables.points)
try:
    result.extend(6).write("folder")
except pishkhan.UserError as error:
    lines: list[int] = [one.line for one in error.diagnostics]
"""
WRONG = """
import pishkhan
pishkhan.run("a.yaml", replications="4")
pishkhan.Scenario.load("a.yaml").names
"""

if shutil.which("mypy") is None:
    print("skipped: there is no mypy; Debian's package is mypy")
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    environment = {**os.environ, "MYPYPATH": str(PACKAGE.parent), "MYPY_CACHE_DIR": folder}

    def mypy(*arguments):
        return subprocess.run(["mypy", "--strict", *map(str, arguments)], cwd=folder, env=environment,
                              capture_output=True, text=True, check=False)
    for name, text in (("right", RIGHT), ("wrong", WRONG)):
        Path(folder, f"{name}.py").write_text(text, encoding="utf-8")
    for good in (PACKAGE, "right.py"):
        done = mypy(good)
        assert done.returncode == 0, done.stdout + done.stderr
    done = mypy("wrong.py")
    assert done.stdout.count("error:") == 2, done.stdout
