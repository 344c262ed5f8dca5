"""Builds the module with the project's CMake. PISHKHAN_BUILD names a build tree to use, if there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class BuildWithCMake(build_ext):
    def build_extension(self, extension):
        if not (ROOT / "CMakeLists.txt").exists():
            raise SystemExit("the package is built from a checkout of the whole project")
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
    packages=["pishkhan"],
    package_data={"pishkhan": ["py.typed", "*.pyi"]},
    ext_modules=[Extension("pishkhan._pishkhan", [])],
    cmdclass={"build_ext": BuildWithCMake},
)
