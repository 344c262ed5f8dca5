"""pip installs the package offline, and it then works from any folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import pishkhan
result = pishkhan.run("textbook/bank-day.yaml", replications=2)
print(pishkhan.__file__, len(result.tables.stations))
from importlib.metadata import version
assert version("pishkhan") == pishkhan.__version__, version("pishkhan")
"""

with tempfile.TemporaryDirectory() as folder:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", f"{folder}/v"], check=True)
    python = f"{folder}/v/bin/python"
    # Beside nothing but what the build needs, so that pip leaves nothing in the checkout.
    project = Path(folder) / "project"
    project.mkdir()
    for name in ("CMakeLists.txt", "scenarios"):
        (project / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "tools/python", project / "tools/python")
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-build-isolation",
                           str(project / "tools/python")], env=environment, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run([python, "-c", CODE], cwd=folder, env=environment, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{folder}/v/"), done.stdout
