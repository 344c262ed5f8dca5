"""What the tests of the package share. PISHKHAN_PROGRAM is the path of the command line."""

import filecmp
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["PISHKHAN_PROGRAM"]
ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "scenarios/textbook/bank-day.yaml"
OFFICES = "mazandaran/baseline.yaml"
STUDY = """\
study: Tellers
scenario: {scenario}
set: [run.days=20]
replications: 3
factors:
  tellers: {{path: stations.0.clerks, values: [4, 5]}}
design: full_factorial
responses: [wait_joined_s]
"""


def command(*arguments):
    """What the command line prints."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True)
    return done.stdout


class InFolder(unittest.TestCase):
    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.folder = Path(self._temporary.name)

    def enter(self, folder):
        """Makes a folder the working folder, until the end of the test."""
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder)

    def expect_same(self, one, other):
        names = sorted(path.name for path in one.iterdir())
        self.assertEqual(names, sorted(path.name for path in other.iterdir()))
        self.assertGreater(len(names), 2)
        _, differing, errors = filecmp.cmpfiles(one, other, names, shallow=False)
        self.assertEqual((differing, errors), ([], []))
