"""Looks at the page of placed clerks, new offices or authorisations."""
import csv
import os

# By form of a decision: its sections, and of which table the list of a section is, with the column of its names.
DECISIONS = {
    "placement": (("placement", "placementmap", "placementcurve"), {"placement": ("placement", "station")}),
    "siting": (("siting", "sitingmap", "sitingsets"), {"siting": ("siting", "office")}),
    "authorising": (("authorisations", "authorisedmap", "authorised"), {"authorisations": ("authorisations", "office"), "authorised": ("authorised_offices", "office")}),
}


def look_at_decision(page, file, checks):
    """Of a page that is open: its lists, map and slider against the tables beside the file."""
    form = page.value("page.data.decision.form")
    sections, lists = DECISIONS[form]
    for section in (*sections, "words"):
        checks.that(page.value("document.getElementById('%s') !== null" % section), "the section %s of %s" % (section, form))
    checks.that(page.value("document.getElementById('map') === null"), "no map of a run")
    missing = page.value("[...document.querySelectorAll('main *')].filter((one) => one.children.length === 0 && /^(column|decision|placement|siting|authoris)[a-z]*\\.[a-z_.]+$/.test(one.textContent)).map((one) => one.textContent)")
    checks.equal(missing, [], "texts that are missing")
    for section, (name, column) in lists.items():
        with open(os.path.join(os.path.dirname(file), name + ".csv"), encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        shown = page.value("[...document.querySelectorAll('#%s tbody tr')].map((row) => [row.querySelector('[title]').title, ...[...row.querySelectorAll('td')].map((cell) => cell.textContent)])" % section)
        checks.equal(sorted(row[0] for row in shown), sorted(row[column] for row in rows), "rows of " + section)
        if name == "placement":
            for cells in shown:
                row = next(row for row in rows if row["station"] == cells[0])
                checks.that(row["clerks_now"] in cells and row["clerks_placed"] in cells, "clerks of " + cells[0])
                if row["saved_h_mean"]:
                    saved = [float(cell.split(" ")[0].replace(",", "")) for cell in cells if " " in cell and cell[0] in "-0123456789"][0]
                    checks.that(abs(saved - float(row["saved_h_mean"])) <= 0.06 * abs(saved) + 1, "saved at %s: %s" % (cells[0], saved))
            offices = sum("@" not in row["station"] for row in rows)
            checks.equal(page.value("document.querySelectorAll('#placementmap circle.change').length"), offices, "offices on the map")
            told = page.value("{ const slider = document.getElementById('budget-step'); slider.value = 1; slider.dispatchEvent(new Event('input')); document.querySelector('#placementbudget output').textContent }")
            checks.that(told.startswith("1 clerks"), "the slider tells its clerks: " + told)
        if name == "siting":
            checks.equal(page.value("document.querySelectorAll('#sitingmap circle.more').length"), sum(row["opens"] == "yes" for row in rows), "offices that open on the map")
        if name == "authorised_offices":
            checks.equal(page.value("document.querySelectorAll('#authorisedmap circle.more').length"), sum(row["authorisations"] != "0" for row in rows), "authorised offices on the map")
