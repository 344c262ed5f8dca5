"""What every command prints with --json is as results/output.schema.json says, and what the package has of it.
Without the module jsonschema it is skipped (exit code 77)."""

import json
import re
import sys
import unittest

try:
    import jsonschema
except ImportError:
    print("skipped: there is no jsonschema; Debian's package is python3-jsonschema")
    sys.exit(77)

import pishkhan
from support import BANK, ROOT, STUDY, InFolder, command

SCHEMA = json.loads((ROOT / "results/output.schema.json").read_text(encoding="utf-8"))
SMALL = ROOT / "tests/scenarios/small/small.yaml"
PLAN = """scenario: Moves
base: {scenario}
run: {{start: 1395-02-01, days: 62, replications: 2, seed: 7}}
staffing: [{{at: offices, clerks: +2}}]
targets: [{{id: t, within: 20 min, share: 70%, in: month, at: offices}}]
plan:
  services: all
  from: traditional
  to: office
  waves: [{{id: one, starts: 1395-02-10, clerks: 3}}, {{id: two, starts: 1395-03-01, clerks: 3}}]
"""
OUTAGE = ROOT / "scenarios/agency-outage-on-payment-day.yaml"


class Json(InFolder):
    def setUp(self):
        super().setUp()
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def expect_valid(self, text, name):
        """The object of a command, checked by its own part of the schema, whose messages say more."""
        self.assertEqual(text.count("\n"), 1, "one line")
        value = json.loads(text)
        self.assertEqual(value["command"], name)
        for schema in ({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}, SCHEMA):
            errors = list(jsonschema.Draft202012Validator(schema).iter_errors(value))
            self.assertEqual([f"{list(one.absolute_path)}: {one.message[:300]}" for one in errors], [])
        return value

    def test_every_command(self):
        run, more, study = self.folder / "run", self.folder / "more.yaml", self.folder / "tellers.yaml"
        more.write_text(f"scenario: More\nbase: {BANK}\nstations:\n  - {{id: bank, clerks: 6}}\n", encoding="utf-8")
        study.write_text(STUDY.format(scenario=BANK), encoding="utf-8")
        evidence = self.folder / "evidence.csv"
        evidence.write_text("file,column,evidence,low,high,source\nservices.csv,rework,assumed,0.5,2,none\n",
                            encoding="utf-8")
        sites = self.folder / "sites.csv"
        sites.write_text("place\nsari\nbabol\n", encoding="utf-8")
        moves = self.folder / "moves.yaml"
        moves.write_text(PLAN.format(scenario=SMALL), encoding="utf-8")
        asked = {
            "run": [["run", SMALL, "--out", self.folder / "a"],
                    ["run", BANK, "--replications", 3, "--format", "csv,store", "--out", run],
                    ["run", BANK, "--replications", "{precision: 50%, of: wait_joined_s, at_most: 20}", "--out",
                     self.folder / "b"],
                    ["run", OUTAGE, "--set", "run.days=7", "--replications", 2, "--out", self.folder / "c"],
                    ["run", SMALL, "--set", f"observed={SMALL.parent / '_observed.csv'}", "--out", self.folder / "s"],
                    ["run", SMALL, "--set", f"province.evidence={evidence}", "--set", "run.inputs=sampled", "--out",
                     self.folder / "t"],
                    ["extend", run, "--replications", 4]],
            "assumptions": [["assumptions", SMALL, "--set", f"province.evidence={evidence}", "--out", self.folder / "u"]],
            "check": [["check", SMALL, "--visits", "1%"], ["check", BANK, "--all"],
                      ["check", BANK, "--replications", "{precision: 5%, of: wait_joined_s, at_most: 100}"]],
            "compare": [["compare", BANK, BANK, "--replications", 3, "--out", self.folder / "d"],
                        ["compare", SMALL, SMALL, SMALL, "--waterfall", "--out", self.folder / "e"]],
            "sweep": [["sweep", study, "--out", self.folder / "f"],
                      ["sweep", study, "--shard", "1/2", "--out", self.folder / "g"],
                      ["sweep", study, "--shard", "2/2", "--out", self.folder / "h"],
                      ["merge", self.folder / "g", self.folder / "h", "--out", self.folder / "i"]],
            "staff": [["staff", SMALL, "--set", "targets=[{id: quick, share: 50%, within: 30 min}]", "--out", self.folder / "j"],
                      ["staff", SMALL, "--set", f"province.evidence={evidence}", "--assumptions", 2, "--robust", 0.5,
                       "--first-days", 100, "--most-days", 100, "--out", self.folder / "k"],
                      ["staff", SMALL, "--set", "targets=[{id: quick, share: 50%, within: 30 min}]", "--set",
                       "migrations=[{services: all, from: traditional, to: office, share: 20%}]", "--first-days", 100,
                       "--most-days", 100, "--out", self.folder / "l"],
                      ["staff", SMALL, "--set", "targets=[{id: quick, share: 50%, within: 30 min}]", "--by", "shift",
                       "--first-days", 100, "--most-days", 100, "--out", self.folder / "q"],
                      ["staff", SMALL, "--budget", "+2", "--first-days", 100, "--out", self.folder / "m"],
                      ["staff", SMALL, "--set", "backbone.model=ideal", "--open", 1, "--among", sites, "--first-days",
                       100, "--out", self.folder / "n"],
                      ["staff", SMALL, "--set", "backbone.model=ideal", "--authorise", 2, "--first-days", 100,
                       "--out", self.folder / "r"]],
            "plan": [["plan", moves, "--first-days", 100, "--most-days", 100, "--out", self.folder / "o"]],
            "offices": [["offices", "--county", "sari"], ["offices", "--office", "sari-u-001"]],
            "services": [["services"]], "agencies": [["agencies"]], "counties": [["counties"]],
            "places": [["places"]], "version": [["version"]],
        }
        for name, calls in asked.items():
            for call in calls:
                with self.subTest(call=call):
                    self.expect_valid(command(*call, "--json"), name)
        commands = re.findall(r"^  ([a-z]+)  ", command("--help"), re.MULTILINE)
        with_json = {one for one in commands if "--json" in command(one, "--help")}
        self.assertGreater(len(with_json), 10)
        self.assertEqual(with_json - {call[0] for calls in asked.values() for call in calls}, set())

    def test_the_package(self):
        run = pishkhan.run(BANK, replications=2)
        study = self.folder / "tellers.yaml"
        study.write_text(STUDY.format(scenario=BANK), encoding="utf-8")
        for summary, name in ((run.summary, "run"), (pishkhan.compare(run, run).summary, "compare"),
                              (pishkhan.sweep(study).summary, "sweep")):
            self.expect_valid(json.dumps(summary) + "\n", name)

    def test_the_schema_refuses(self):
        value = json.loads(command("version", "--json"))
        for wrong in ({**value, "more": 1}, {**value, "output_version": 2}, {"command": "version"}):
            self.assertFalse(jsonschema.Draft202012Validator(SCHEMA).is_valid(wrong))


if __name__ == "__main__":
    unittest.main()
