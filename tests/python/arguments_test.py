"""What is wrong with an argument is a UserError in words of Python, and nothing happens otherwise than asked."""

import datetime
import json
import re
import time
import unittest

import numpy as np

import pishkhan
from support import BANK, OFFICES, ROOT, STUDY, InFolder


class Arguments(InFolder):
    def expect_refused(self, path, function):
        with self.assertRaises(pishkhan.UserError) as caught:
            function()
        first = caught.exception.diagnostics[0]
        self.assertEqual(first.path, path, first)
        for text in (str(caught.exception), *first):
            self.assertNotIn("--", str(text))
        return first

    def test_a_text_is_no_list(self):
        run = pishkhan.run(BANK, replications=2)
        self.expect_refused("formats", lambda: run.write(self.folder / "a", "csv"))
        self.expect_refused("formats", lambda: pishkhan.sweep(self.folder / "s.yaml", formats="csv"))
        self.expect_refused("costs", lambda: pishkhan.run(OFFICES, costs="outages"))
        self.expect_refused("sets", lambda: pishkhan.Scenario(BANK, "run.days=7"))
        self.expect_refused("formats", lambda: run.write(self.folder / "a", [1]))
        self.assertFalse((self.folder / "a").exists())

    def test_wrong_types(self):
        self.expect_refused("scenario", lambda: pishkhan.run(5))
        self.expect_refused("file", lambda: pishkhan.Scenario.load(None))
        self.expect_refused("run", lambda: pishkhan.compare(BANK, 3.5))
        for value in ("4", 4.0, True):
            self.expect_refused("replications", lambda value=value: pishkhan.run(BANK, replications=value))
            self.expect_refused("seed", lambda value=value: pishkhan.run(BANK, seed=value))
        for value in (0, 1e3, "2"):
            self.expect_refused("threads", lambda value=value: pishkhan.run(BANK, threads=value))
        self.expect_refused("visits", lambda: pishkhan.run(BANK, visits=0.01))
        self.expect_refused("progress", lambda: pishkhan.run(BANK, progress=3))
        self.expect_refused("waterfall", lambda: pishkhan.compare(BANK, BANK, waterfall="no"))
        self.expect_refused("study", lambda: pishkhan.sweep(7))
        scenario = pishkhan.Scenario.load(BANK)
        self.expect_refused("run.days", lambda: scenario.set("run.days", object()))
        self.expect_refused("run.days", lambda: scenario.set("run.days", float("nan")))
        self.expect_refused("value", lambda: scenario.set("run.days"))
        self.expect_refused("value", lambda: scenario.set({"run.days": 1}, 2))
        self.expect_refused("path", lambda: scenario.set({1: 2}))

    def test_wrong_values_in_words_of_python(self):
        run = pishkhan.run(BANK, replications=2)
        first = self.expect_refused("run.replications", lambda: pishkhan.run(BANK, replications=-1))
        self.assertEqual(first.file, "")
        self.expect_refused("run.seed", lambda: pishkhan.run(BANK, seed=-1))
        first = self.expect_refused("run.dayz", lambda: pishkhan.Scenario.load(BANK).set("run.dayz", 3))
        self.assertEqual(first.file, "")
        run.write(self.folder / "a")
        first = self.expect_refused("folder", lambda: run.write(self.folder / "a"))
        self.assertIn("force=True", first.hint)
        self.expect_refused("replications", lambda: run.extend(1))
        self.expect_refused("replications", lambda: pishkhan.extend(self.folder / "a", 1))
        self.expect_refused("", lambda: pishkhan.compare(self.folder / "a", BANK, replications=3))
        self.expect_refused("formats", lambda: pishkhan.compare(run, run).write(self.folder / "b", ["store"]))

    def test_every_option_has_its_word(self):
        words = (ROOT / "tools/python/words.cpp").read_text(encoding="utf-8")
        known = set(re.findall(r'\{"(--[a-z-]+)"', words))
        # Of commands that are not in the package.
        known |= {"--table", "--tables", "--shard", "--agency", "--county", "--place", "--office", "--lang", "--json", "--help",
                  "--assumptions", "--robust", "--budget", "--at", "--unserved", "--open", "--among", "--clerks",
                  "--first-days", "--most-days", "--by", "--shifts", "--authorise", "--services"}
        told = set()
        for folder in ("tools/pishkhan", "tools/report", "tools/sweep", "models", "sim"):
            for file in (ROOT / folder).rglob("*.cpp"):
                if file.name not in ("command_line.cpp", "simgrid.cpp"):
                    for text in re.findall(r'"(?:[^"\\\n]|\\.)*"', file.read_text(encoding="utf-8")):
                        told |= set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text))
        self.assertGreater(len(told), 10)
        self.assertEqual(told - known, set())

    def test_several_values_at_once(self):
        scenario = pishkhan.Scenario.load(OFFICES)
        moved = scenario.set({"run.start": datetime.date(2016, 5, 21), "run.days": np.int64(3), "run.warm_up_days": 1})
        self.assertIn("days: 3", moved.resolved)
        one_day_of_outage = scenario.set({
            "run.start": "1395-08-01", "run.days": 5, "run.warm_up_days": 0,
            "outages": [{"agency": "post-bank", "from": "1395-08-03 09:30", "for": "3 h"}]})
        self.assertIn("post-bank", one_day_of_outage.resolved)

    def test_visits_false(self):
        asked = pishkhan.Scenario.load(BANK).set("output.visits", "all")
        self.assertGreater(len(pishkhan.run(asked, replications=2).visits), 0)
        with self.assertRaises(pishkhan.UserError):
            pishkhan.run(asked, replications=2, visits=False).visits

    def test_columns_hide_no_method_of_an_array(self):
        array = pishkhan.run(BANK, replications=2).tables.summary.array()
        self.assertIs(type(array), np.ndarray)
        self.assertEqual(array["mean"].shape, array.shape)

    def test_representations(self):
        run = pishkhan.run(BANK, replications=2)
        study = self.folder / "tellers.yaml"
        study.write_text(STUDY.format(scenario=BANK), encoding="utf-8")
        for thing, words in ((run, "2 replications"), (run.tables, "stations"), (run.tables.stations, "1 rows"),
                             (pishkhan.compare(run, run), "with"), (pishkhan.sweep(study), "2 points")):
            self.assertIn(words, repr(thing))
            self.assertNotIn(" at 0x", repr(thing))


class Progress(unittest.TestCase):
    def test_in_a_second_equal_run(self):
        for _ in range(2):
            told = []
            pishkhan.run(BANK, replications=20, progress=lambda done, of: told.append((done, of)))
            self.assertEqual(told[-1], (20 * 250, 20 * 250))

    def test_of_several_scenarios(self):
        told = []
        more = pishkhan.Scenario.load(BANK).set("stations.0.clerks", 6)
        pishkhan.compare(BANK, more, replications=10, progress=lambda done, of: told.append((done, of)))
        self.assertEqual(told, sorted(told))
        self.assertEqual(told[-1][0], told[-1][1])

    def test_a_call_in_it_is_refused(self):
        inner = []

        def ask(done, of):
            try:
                pishkhan.run(BANK, replications=2)
            except pishkhan.UserError as error:
                inner.append(error)
        begin = time.monotonic()
        run = pishkhan.run(BANK, replications=20, progress=ask)
        self.assertLess(time.monotonic() - begin, 60)
        self.assertGreater(len(inner), 0)
        self.assertIn("at work", str(inner[0]))
        self.assertEqual(run.summary["replications"], 20)
        with self.assertRaises(pishkhan.UserError):
            pishkhan.run(BANK, replications=20, progress=lambda done, of: pishkhan.Scenario.load(BANK))
        self.assertEqual(json.loads(json.dumps(pishkhan.run(BANK, replications=2).summary))["replications"], 2)


if __name__ == "__main__":
    unittest.main()
