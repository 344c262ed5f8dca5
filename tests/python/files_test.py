"""What is made of files stays what it is, whatever happens to the files; and no results take the place of others."""

import os
import pickle
import shutil
import unittest

import numpy as np

import pishkhan
from support import BANK, OFFICES, ROOT, STUDY, InFolder, command

QUEUE = """\
scenario: {title}
run: {{start: 1395-02-01, days: 5, replications: 4}}
stations:
  - {{id: bank, doors: 09:00-17:00, clerks: {clerks}, arrivals: 1 / min, handling: {{exponential: {{mean: 4 min}}}}}}
"""
SECOND = "  - {id: post, doors: 09:00-17:00, clerks: 2, arrivals: 1 / min, handling: {constant: 1 min}}\n"


class ChangedFiles(InFolder):
    def setUp(self):
        super().setUp()
        self.file = self.folder / "queue.yaml"
        self.write(5)

    def write(self, clerks, more=""):
        self.file.write_text(QUEUE.format(title="Queue", clerks=clerks) + more, encoding="utf-8")

    def test_a_run_in_memory_is_compared_as_it_was_simulated(self):
        five = pishkhan.run(self.file)
        six = pishkhan.run(pishkhan.Scenario.load(self.file).set("stations.0.clerks", 6))
        expected = pishkhan.compare(five, six, waterfall=True)
        self.write(3, SECOND)  # another scenario, with a station more
        compared = pishkhan.compare(five, six, waterfall=True)
        for name in ("differences", "waterfall"):
            self.assertEqual(compared.tables[name].array().tolist().__repr__(),
                             expected.tables[name].array().tolist().__repr__(), name)
        compared.write(self.folder / "a")
        expected.write(self.folder / "b")
        self.expect_same(self.folder / "a", self.folder / "b")

    def test_a_run_is_extended_as_it_was_simulated(self):
        whole = pishkhan.run(self.file, replications=6).tables.stations.array()
        few = pishkhan.run(self.file)
        self.write(9)
        self.assertTrue(np.array_equal(few.extend(6).tables.stations.array(), whole))

    def test_a_scenario_is_what_was_loaded(self):
        scenario = pishkhan.Scenario.load(self.file)
        before = pishkhan.run(scenario).tables.stations.array()
        self.file.unlink()
        self.assertTrue(np.array_equal(pishkhan.run(scenario).tables.stations.array(), before))
        self.assertEqual(scenario.set("stations.0.clerks", 5).resolved, scenario.resolved)

    def test_a_precise_run_ends_as_it_began(self):
        self.write(5)
        precise = pishkhan.Scenario.load(self.file).set(
            "run.replications", {"precision": "50%", "of": "wait_joined_s", "at_most": 20})
        told = []

        def edit(done, of):
            told.append((done, of))
            self.write(2, SECOND)

        run = pishkhan.run(precise, progress=edit)
        self.assertEqual(len(run.tables.stations), 1)
        self.assertIn("clerks: 5", run._run.scenario()["resolved"])
        self.assertEqual(told, sorted(told), "what is done never falls")

    def test_a_table_of_the_province(self):
        shutil.copytree(ROOT / "tests/scenarios/small", self.folder / "small")
        scenario = pishkhan.Scenario.load(self.folder / "small/small.yaml")
        before = pishkhan.run(scenario)
        shutil.rmtree(self.folder / "small")
        self.assertEqual(pishkhan.run(scenario).summary, before.summary)
        self.assertEqual(pishkhan.compare(before, scenario).summary["simulated"], 1)

    def test_the_folder_of_a_run_whose_inputs_have_changed(self):
        first, second = self.folder / "first", self.folder / "second"
        run = pishkhan.run(ROOT / "tests/scenarios/small/small.yaml")
        run.write(first, ["csv", "sqlite", "store"])
        run.write(second, ["csv", "sqlite", "store"])
        offices = second / "input_offices.csv"
        offices.write_text(offices.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        for refused in (lambda: pishkhan.compare(first, second), lambda: pishkhan.extend(second, 99)):
            with self.assertRaises(pishkhan.UserError) as caught:
                refused()
            self.assertIn("is not the table that the run read", str(caught.exception))

    def test_pickled(self):
        scenario = pishkhan.Scenario.load(self.file).set("stations.0.clerks", 6)
        there = pickle.dumps(scenario)
        self.assertEqual(pickle.loads(there).resolved, scenario.resolved)
        self.write(7, SECOND)
        with self.assertRaises(pishkhan.UserError) as caught:
            pickle.loads(there)
        self.assertIn("has changed", str(caught.exception))
        offices = pishkhan.Scenario.load(OFFICES)
        self.assertEqual(pickle.loads(pickle.dumps(offices)).resolved, offices.resolved)


class OtherWorkingFolder(InFolder):
    def test_chdir(self):
        self.enter(self.folder)
        shutil.copytree(ROOT / "tests/scenarios/small", "small")
        scenario = pishkhan.Scenario.load("small/small.yaml")
        before = pishkhan.run(scenario)
        before.write("run", ["csv", "sqlite", "html"])
        again = pishkhan.Scenario.load("run/manifest.json")
        os.mkdir("elsewhere")
        self.enter("elsewhere")
        after = pishkhan.run(scenario.set("run.replications", 4))
        self.assertEqual(after.summary, before.extend(4).summary)
        self.assertEqual(set(pishkhan.compare(before, scenario).tables.changed["result"]), {"untouched"})
        pishkhan.run(again).write("again")
        self.expect_same(self.folder / "run", self.folder / "elsewhere/again")


class OtherResults(InFolder):
    """Results are never lost to others that were made of them."""

    def setUp(self):
        super().setUp()
        self.five, self.six = self.folder / "five", self.folder / "six"
        for folder, clerks in ((self.five, 5), (self.six, 6)):
            file = self.folder / f"{folder.name}.yaml"
            file.write_text(QUEUE.format(title=folder.name, clerks=clerks), encoding="utf-8")
            command("run", file, "--quiet", "--format", "csv,sqlite,store", "--out", folder)

    def expect_refused(self, write, folder):
        before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
        with self.assertRaises(pishkhan.UserError) as caught:
            write()
        self.assertEqual(caught.exception.diagnostics[0].path, "folder")
        self.assertEqual(sorted((path.name, path.read_bytes()) for path in folder.iterdir()), before)

    def test_a_comparison_and_its_runs(self):
        compared = pishkhan.compare(self.five, self.six)
        self.expect_refused(lambda: compared.write(self.six, force=True), self.six)
        self.enter(self.folder)
        self.expect_refused(lambda: compared.write("five", force=True), self.five)
        compared.write(self.folder / "compared")
        compared.write(self.folder / "compared", ["html"], force=True)
        self.assertTrue((self.folder / "compared/page.html").exists())

    def test_a_comparison_and_runs_in_memory(self):
        five = pishkhan.run(self.folder / "five.yaml")
        compared = pishkhan.compare(five, self.folder / "six.yaml")
        five.write(self.folder / "written")
        self.expect_refused(lambda: compared.write(self.folder / "written", force=True), self.folder / "written")
        self.expect_refused(lambda: compared.write(self.six, force=True), self.six)

    def test_a_study_and_its_scenario(self):
        study = self.folder / "study.yaml"
        study.write_text(STUDY.format(scenario=self.five / "manifest.json"), encoding="utf-8")
        self.expect_refused(lambda: pishkhan.sweep(study, self.five, force=True), self.five)

    def test_a_run_and_its_base(self):
        file = self.folder / "based.yaml"
        file.write_text(f"scenario: Based\nbase: {self.five / 'manifest.json'}\n", encoding="utf-8")
        run = pishkhan.run(file)
        self.expect_refused(lambda: run.write(self.five, force=True), self.five)
        again = pishkhan.run(self.five / "manifest.json")
        again.write(self.five, force=True)  # itself


if __name__ == "__main__":
    unittest.main()
