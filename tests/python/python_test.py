"""The package pishkhan, and that it gives the bytes of the command line."""

import os
import signal
import threading
import time
import unittest

import numpy as np

import pishkhan
from support import BANK, OFFICES, STUDY, InFolder, command


class Bytes(InFolder):
    """Python against the command line."""

    def test_run(self):
        a, b = self.folder / "a", self.folder / "b"
        command("run", OFFICES, "--set", "run.days=1", "--set", "run.warm_up_days=0", "--replications", 2,
                "--visits", "1%", "--quiet", "--out", a)
        scenario = pishkhan.Scenario.load(OFFICES).set("run.days", 1).set("run.warm_up_days", 0)
        result = pishkhan.run(scenario, replications=2, visits="1%", threads=1)
        result.write(b)
        self.expect_same(a, b)
        lines = (a / "visits.csv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(result.visits), len(lines) - 1)
        second = self.folder / "c"
        result.write(second)
        self.expect_same(a, second)

    def test_extend_in_memory_and_on_the_disk(self):
        whole, memory, disk = (self.folder / name for name in ("whole", "memory", "disk"))
        formats = ["csv", "sqlite", "store"]
        command("run", BANK, "--replications", 6, "--format", ",".join(formats), "--quiet", "--out", whole)
        few = pishkhan.run(BANK, replications=4)
        few.extend(6).write(memory, formats)
        few.write(disk, formats)
        extended = pishkhan.extend(disk, 6)
        self.expect_same(whole, memory)
        self.expect_same(whole, disk)
        self.assertEqual(extended.summary["replications"], 6)

    def test_compare(self):
        more = pishkhan.Scenario.load(BANK).set("service_level", "2 min")
        variant = self.folder / "variant.yaml"
        variant.write_text(f"scenario: More\nbase: {BANK}\nservice_level: 2 min\n", encoding="utf-8")
        a, b, c = (self.folder / name for name in "abc")
        command("compare", BANK, variant, "--replications", 4, "--quiet", "--out", a)
        pishkhan.compare(BANK, variant, replications=4).write(b)
        self.expect_same(a, b)
        of_runs = pishkhan.compare(pishkhan.run(BANK, replications=4), pishkhan.run(more, replications=4))
        pishkhan.compare(BANK, more, replications=4).write(c)
        other = self.folder / "d"
        of_runs.write(other)
        self.expect_same(c, other)
        self.assertEqual(of_runs.summary["simulated"], 0)

    def test_sweep(self):
        study = self.folder / "tellers.yaml"
        study.write_text(STUDY.format(scenario=BANK), encoding="utf-8")
        a, b = self.folder / "a", self.folder / "b"
        command("sweep", study, "--quiet", "--out", a)
        kept = pishkhan.sweep(study, b)
        self.expect_same(a, b)
        free = pishkhan.sweep(study)
        self.assertTrue(np.array_equal(kept.tables.responses.array(), free.tables.responses.array()))
        self.assertEqual(len(free.tables.points), 2)
        self.assertNotIn("folder", free.summary)


class Values(InFolder):
    def test_types_and_units(self):
        result = pishkhan.run(BANK, replications=3, visits=True)
        stations = result.tables.stations
        array = stations.array()
        self.assertEqual(array.shape, (1,))
        self.assertEqual(array["station"][0], "bank")
        self.assertEqual(array["wait_s_mean"].dtype, np.float64)
        self.assertEqual(stations.units["wait_s_mean"], "s")
        self.assertIn(result.visits["replication"].dtype, (np.int64,))
        self.assertEqual(set(result.visits["replication"]), {0, 1, 2})
        with self.assertRaises(AttributeError):
            result.tables.nothing

    def test_frame(self):
        try:
            import pandas
        except ImportError:
            self.skipTest("pandas is not installed")
        frame = pishkhan.run(BANK, replications=3).frame("stations")
        self.assertIsInstance(frame, pandas.DataFrame)
        self.assertEqual(frame.attrs["units"]["wait_s_mean"], "s")

    def test_arrays_outlive_the_run(self):
        column = pishkhan.run(BANK, replications=3).tables.stations["wait_s_mean"]
        self.assertTrue(np.isfinite(column).all())

    def test_threads_change_nothing(self):
        one, two = (pishkhan.run(BANK, replications=4, threads=n).tables.stations.array() for n in (1, 2))
        self.assertTrue(np.array_equal(one, two))

    def test_a_scenario_never_changes(self):
        base = pishkhan.Scenario.load(BANK)
        other = base.set("run.replications", 5)
        self.assertNotEqual(base.resolved, other.resolved)
        self.assertEqual(base.resolved, pishkhan.Scenario.load(BANK).resolved)


class Mistakes(InFolder):
    def test_all_diagnostics_at_once(self):
        file = self.folder / "wrong.yaml"
        file.write_text(f"scenario: Wrong\nbase: {BANK}\nrun:\n  days: -1\n  dayz: 3\n", encoding="utf-8")
        with self.assertRaises(pishkhan.UserError) as caught:
            pishkhan.Scenario.load(file)
        by_line = {one.line: one for one in caught.exception.diagnostics}
        self.assertEqual(set(by_line), {4, 5})
        self.assertEqual(by_line[4].path, "run.days")
        self.assertTrue(by_line[4].file.endswith("wrong.yaml"))
        self.assertIn("dayz", by_line[5].path + by_line[5].problem)
        self.assertGreater(by_line[5].column, 0)
        self.assertIn("days", by_line[5].hint)

    def test_an_impossible_change(self):
        with self.assertRaises(pishkhan.UserError) as caught:
            pishkhan.Scenario.load(BANK).set("run.dayz", 3)
        self.assertIn("run.dayz", str(caught.exception))

    def test_unlike_runs_are_not_compared(self):
        runs = [pishkhan.run(BANK, replications=2, seed=seed) for seed in (1, 2)]
        with self.assertRaises(pishkhan.UserError) as caught:
            pishkhan.compare(*runs)
        self.assertEqual(caught.exception.diagnostics[0].path, "run.seed")

    def test_results_are_not_replaced_unasked(self):
        result = pishkhan.run(BANK, replications=2)
        result.write(self.folder / "a")
        with self.assertRaises(pishkhan.UserError):
            result.write(self.folder / "a")
        result.write(self.folder / "a", force=True)
        with self.assertRaises(pishkhan.UserError):
            result.write(self.folder / "b", ["cvs"])

    def test_surroundings(self):
        result = pishkhan.run(BANK, replications=2)
        (self.folder / "file").write_text("")
        with self.assertRaises((pishkhan.EnvironmentFailure, pishkhan.UserError)):
            result.write(self.folder / "file" / "below")

    def test_no_visits(self):
        with self.assertRaises(ValueError):
            pishkhan.run(BANK, replications=2).visits

    def test_fewer_replications_than_there_are(self):
        with self.assertRaises(pishkhan.UserError):
            pishkhan.run(BANK, replications=3).extend(3)


class Interruptions(unittest.TestCase):
    def test_ctrl_c_and_the_lock(self):
        ticks = []
        ended = threading.Event()

        def tick():
            while not ended.wait(0.01):
                ticks.append(time.monotonic())

        def interrupt():
            time.sleep(1)
            os.kill(os.getpid(), signal.SIGINT)

        long = pishkhan.Scenario.load(OFFICES).set("run.days", 200).set("run.warm_up_days", 0)
        threading.Thread(target=tick).start()
        threading.Thread(target=interrupt).start()
        begin = time.monotonic()
        try:
            with self.assertRaises(KeyboardInterrupt):
                pishkhan.run(long, replications=4)
        finally:
            ended.set()
        self.assertLess(time.monotonic() - begin, 8)
        self.assertGreater(len(ticks), 10, "another thread of Python must run meanwhile")
        self.assertEqual(pishkhan.run(BANK, replications=2).summary["replications"], 2)

    def test_progress(self):
        told = []
        pishkhan.run(BANK, replications=20, progress=lambda done, of: told.append((done, of)))
        self.assertEqual(told[-1], (20 * 250, 20 * 250))  # days of replications

    def test_what_progress_raises_ends_the_run(self):
        class Enough(Exception):
            pass

        def progress(done, of):
            raise Enough

        with self.assertRaises(Enough):
            pishkhan.run(BANK, replications=20, progress=progress)


if __name__ == "__main__":
    unittest.main()
