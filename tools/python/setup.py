"""Builds the module with the project's CMake. PISHKHAN_BUILD names a build tree to use, if there is one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def version():
    """The project's, which is said in one place."""
    file = ROOT / "CMakeLists.txt"
    if not file.exists():
        raise SystemExit("the package is built from a checkout of the whole project")
    return re.search(r"project\(\w+ VERSION ([0-9.]+)", file.read_text(encoding="utf-8"))[1]


class BuildWithCMake(build_ext):
    def build_extension(self, extension):
        tree = os.environ.get("PISHKHAN_BUILD")
        if not tree:
            tree = str(ROOT / "build/python")
            subprocess.run(["cmake", "--preset", "release", "-B", tree, "-DBUILD_TESTING=OFF",
                            f"-DPython3_EXECUTABLE={sys.executable}"], cwd=ROOT, check=True)
        subprocess.run(["cmake", "--build", tree, "--target", "pishkhan_python"], check=True)
        target = Path(self.get_ext_fullpath(extension.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        built = next((Path(tree) / "tools/python/pishkhan").glob("_pishkhan*.so"))
        shutil.copy(built, target)
        shutil.copytree(ROOT / "scenarios", target.parent / "scenarios", dirs_exist_ok=True)


setup(
    version=version(),
    packages=["pishkhan"],
    package_data={"pishkhan": ["py.typed", "*.pyi"]},
    ext_modules=[Extension("pishkhan._pishkhan", [])],
    cmdclass={"build_ext": BuildWithCMake},
)
