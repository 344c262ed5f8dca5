#!/usr/bin/env python3
"""Opens pages in headless Chromium and looks at them as people do.

browser.py CHROMIUM PAGE... [--axe FILE]
Prints what it measured, and every failure; exit code 1 when there is one. Speaks the DevTools protocol over a pipe, so
that it needs nothing but Python and Chromium.
"""
import base64
import csv
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time

from decision_page import look_at_decision

WAIT_S = 60


class Chromium:
    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, from_browser = os.pipe(), os.pipe()
        arguments = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                     "--user-data-dir=" + self.folder.name, "about:blank"]
        redirect = 'exec "$@" 3<&%d 4>&%d' % (to_browser[0], from_browser[1])
        self.process = subprocess.Popen(["bash", "-c", redirect, "chromium"] + arguments, stderr=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, pass_fds=(to_browser[0], from_browser[1]))
        os.close(to_browser[0])
        os.close(from_browser[1])
        self.writer, self.reader = to_browser[1], from_browser[0]
        self.rest, self.number, self.events = b"", 0, []

    def read(self):
        while b"\0" not in self.rest:
            part = os.read(self.reader, 1 << 20)
            if not part:
                raise RuntimeError("the browser has gone")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(method + ": " + answer["error"]["message"])
                return answer["result"]
            self.events.append(answer)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


class Page:
    """A page in a tab of its own, with what went wrong in it."""

    def __init__(self, browser, file, fragment="", width=1100, height=900):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.target = target
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.events.clear()
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        begin = time.monotonic()
        self.call("Page.navigate", url="file://" + os.path.abspath(file) + fragment)
        self.wait("document.documentElement && document.documentElement.dataset.complete")
        self.complete_s = time.monotonic() - begin

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(expression + ": " + json.dumps(result["exceptionDetails"])[:600])
        return result["result"].get("value")

    def wait(self, condition):
        end = time.monotonic() + WAIT_S
        while not self.value("Boolean(" + condition + ")"):
            if time.monotonic() > end:
                raise RuntimeError("waited in vain for " + condition)
            time.sleep(0.05)

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def problems(self):
        """Errors and requests so far."""
        self.value("1")
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            method, what = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append("exception: " + json.dumps(what["exceptionDetails"])[:400])
            elif method == "Log.entryAdded" and what["entry"]["level"] in ("error", "warning"):
                found.append("log: " + what["entry"]["text"])
            elif method == "Runtime.consoleAPICalled":
                found.append("console: " + json.dumps(what["args"])[:300])
            elif method == "Network.requestWillBeSent":
                url = what["request"]["url"]
                if not url.startswith("data:") and what["type"] != "Document":
                    found.append("request: " + url)
        return found

    def pages_printed(self):
        pdf = base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])
        return len(re.findall(rb"/Type\s*/Page\b", pdf)), len(pdf)

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)


class Checks:
    def __init__(self):
        self.failures = 0

    def that(self, holds, what):
        if not holds:
            self.failures += 1
            print("FAILED:", what)

    def equal(self, found, expected, what):
        self.that(found == expected, "%s: %r instead of %r" % (what, found, expected))


LOOKS_AT_CHARTS = """[...document.querySelectorAll('svg.chart')].map(chart =>
  ({marks: chart.querySelectorAll('path, rect, circle, line').length, name: chart.getAttribute('aria-label'),
    width: chart.getBoundingClientRect().width}))"""

SEARCH = """(query => { const box = document.getElementById('query'); box.value = query; const begin = performance.now();
  box.dispatchEvent(new Event('input')); return [performance.now() - begin, document.querySelectorAll('#list tbody tr').length]; })(%s)"""


def look_at_overview(browser, file, checks):
    page = Page(browser, file)
    paint = page.value("performance.getEntriesByType('paint').map(entry => Math.round(entry.startTime))")
    heap = page.call("Runtime.getHeapUsage")["usedSize"]
    print("%s: painted first after %s ms, complete after %d ms, heap %.1f MB" %
          (os.path.basename(file), paint[:1], 1000 * page.complete_s, heap / 1e6))
    checks.equal(page.value("document.documentElement.lang + document.documentElement.dir"), "fartl", "first language")
    for chart in page.value(LOOKS_AT_CHARTS):
        checks.that(chart["marks"] > 2 and chart["name"] and chart["width"] > 100, "a chart draws: %r" % chart)
    missing = page.value("[...document.querySelectorAll('.contents a')].filter(link => "
                         "!document.getElementById(new URLSearchParams(link.hash.slice(1)).get('to'))).length")
    checks.equal(missing, 0, "sections that the contents name and nobody drew")
    page.value("document.querySelectorAll('details.folded').forEach(one => { one.open = true; })")
    time.sleep(0.3)
    checks.equal(page.value("[...document.querySelectorAll('details.folded')].filter(one => one.childElementCount < 2).length"), 0, "tables that stayed empty")
    page.value("document.getElementById('language').click()")
    page.wait("document.documentElement.dataset.complete === 'en'")
    checks.equal(page.value("document.documentElement.dir"), "ltr", "direction of English")
    letters = page.value("document.getElementById('sections').innerText.match(/[\\u06f0-\\u06f9]/g)")
    checks.equal(letters, None, "Persian digits in English")
    checks.that("lang=en" in page.value("location.hash"), "the language stands in the address")
    checks.equal(page.value("[...document.querySelectorAll('h1')].filter(one => one.offsetParent).length"), 1, "visible sentences")
    checks.equal(page.problems(), [], "errors and requests")
    pages, size = page.pages_printed()
    print("  prints on %d pages, %d kB" % (pages, size // 1000))
    checks.that(pages <= 8, "prints on few pages")
    page.close()


def enlarge(file, offices, to):
    """Writes the page again with so many offices: those it has, over and over, with other ids."""
    with open(file, encoding="utf-8") as source:
        before, packed, after = re.split(r'(?<=id="data">)([^<]*)', source.read(), maxsplit=1)
    data = json.loads(gzip.decompress(base64.b64decode(packed)))
    table, week = data["tables"]["offices"], data["office_week"]
    times = -(-offices // table["rows"])
    table["rows"] *= times
    for name, values in table["text"].items():
        table["text"][name] = [value + "-%d" % i if name == "office" and i else value for i in range(times) for value in values]
    for estimate in table["estimate"].values():
        estimate.update({part: " ".join([estimate[part]] * times) for part in ("m", "h", "below", "above") if part in estimate})
    for part in ("wait", "queue", "utilization"):
        week[part] = " ".join([week[part]] * times)
    week["of"] *= times
    data["map"]["dots"] = " ".join([data["map"]["dots"]] * times)
    with open(to, "w", encoding="utf-8") as made:
        made.write(before + base64.b64encode(gzip.compress(json.dumps(data).encode())).decode() + after)
    return table["rows"]


def search_often(page, query):
    """The shortest time of several tries, as other programs may run, and how many rows were found."""
    tries = [page.value(SEARCH % json.dumps(query)) for _ in range(7)]
    return min(milliseconds for milliseconds, _ in tries), tries[-1][1]


def look_at_many(browser, file, checks):
    with tempfile.TemporaryDirectory() as folder:
        large = os.path.join(folder, "large.html")
        rows = enlarge(file, 10000, large)
        page = Page(browser, large)
        page.wait("page.data.tables.offices.folded")
        times = [search_often(page, query)[0] for query in ("s", "sari-u-01", "ساري", "۱۲")]
        print("  %d offices: complete after %d ms, search took %s ms" % (rows, 1000 * page.complete_s, ["%.1f" % one for one in times]))
        checks.that(max(times) < 30, "search among many takes less than 30 ms")
        checks.equal(search_often(page, page.value("page.data.tables.offices.columns.office[%d]" % (rows - 1)))[1], 1, "the last of many is found")
        checks.equal(page.problems(), [], "errors and requests")
        page.close()


def look_at_list(browser, file, checks):
    page = Page(browser, file)
    rows = page.value("page.data.tables.offices.rows")
    first = page.value("page.data.tables.offices.columns.office[0]")
    page.wait("document.querySelectorAll('#list tbody tr').length >= 40")
    for _ in range(rows // 20):
        page.value("(box => { box.scrollTop = box.scrollHeight; box.dispatchEvent(new Event('scroll')); })(document.querySelector('#list .tall'))")
    page.wait("document.querySelectorAll('#list tbody tr').length === %d" % rows)
    milliseconds, found = search_often(page, first)
    print("  search among %d took %.1f ms" % (rows, milliseconds))
    checks.that(milliseconds < 30, "search takes less than 30 ms")
    checks.that(0 < found < rows, "search by id finds few: %r" % found)
    persian = page.value("page.data.names.counties[page.data.tables.offices.columns.county[0]]")
    of_county = page.value("page.data.tables.offices.columns.county.filter(one => one === page.data.tables.offices.columns.county[0]).length")
    for name in (persian[0], persian[0].replace("\u200c", " "), persian[0].replace("ی", "ي").replace("ک", "ك"), persian[1].upper()):
        checks.that(page.value(SEARCH % json.dumps(name))[1] >= min(of_county, 20), "finds the offices of %r" % name)
    checks.that("q=" in page.value("location.hash"), "the query stands in the address")
    page.value(SEARCH % "''")
    page.wait("document.querySelectorAll('#list tbody tr').length === 40")
    for standing, count in page.value("Object.entries(Object.groupBy(page.data.tables.offices.columns.standing, one => one)).map(([one, all]) => [one, all.length])"):
        if standing != "none":
            row = page.value("[...document.querySelectorAll('section.verdict[lang=fa] table.targets tbody tr')][0].innerText.replace(/[۰-۹]/g, digit => digit.charCodeAt(0) - 0x06f0)")
            checks.that(str(count) in row.split(), "the head counts as many as the list: %d %s in %r" % (count, standing, row))
    page.value("document.querySelectorAll('#list thead button')[2].click()")
    checks.that(page.value("document.querySelector('#list th[aria-sort]') !== null"), "sorting is told")
    checks.equal(page.problems(), [], "errors and requests")
    page.close()


def look_at_links(browser, file, checks):
    page = Page(browser, file)
    office = page.value("page.data.tables.offices.columns.office[1]")
    page.close()
    page = Page(browser, file, "#lang=en&station=" + office)
    checks.equal(page.value("document.getElementById('overview').hidden"), True, "an office's view hides the rest")
    checks.that(page.value("document.querySelectorAll('#station table.heat td').length") > 20, "hours of the week")
    for station in page.value("[...page.data.tables.offices.columns.office.filter((one, i) => i % 97 === 0), page.data.tables.counters.columns.counter[0]]"):
        for language in ("fa", "en"):
            page.value("location.hash = '#lang=%s&station=%s'" % (language, station))
            page.wait("document.querySelector('#station .code').textContent === %s && document.documentElement.lang === '%s'" % (json.dumps(station), language))
            checks.equal(page.pages_printed()[0], 1, "sheets of " + station)
    page.value("document.querySelector('#station .back a').click()")
    page.wait("!document.getElementById('overview').hidden && document.getElementById('words')")
    page.value("location.hash = '#lang=en&word=wait_s'")
    page.wait("document.activeElement.id === 'word-wait_s'")
    checks.equal(page.problems(), [], "errors and requests")
    page.close()


def look_at_map(browser, file, checks):
    page = Page(browser, file)
    checks.equal(page.value("document.querySelectorAll('.cell').length"), page.value("page.data.map.places.length"), "cells")
    page.value("document.querySelector('.cell[tabindex=\"0\"]').focus()")
    before = page.value("document.activeElement.getAttribute('aria-label')")
    for key in ("ArrowLeft", "ArrowRight", "ArrowDown", "ArrowUp"):
        page.press(key)
    after = page.value("document.activeElement.getAttribute('aria-label')")
    checks.that(after and before, "keys move between cells")
    page.press("ArrowDown")
    page.press("Enter")
    checks.that(page.value("document.querySelector('.place h3') !== null"), "a chosen place is described")
    checks.that("place=" in page.value("location.hash"), "the place stands in the address")
    checks.equal(page.value("document.querySelectorAll('.cell[tabindex=\"0\"]').length"), 1, "cells that the tab key reaches")
    checks.equal(page.problems(), [], "errors and requests")
    page.close()


def look_narrow(browser, file, checks):
    for fragment in ("", "#lang=en&theme=dark"):
        page = Page(browser, file, fragment, width=390, height=800)
        checks.that(page.value("document.documentElement.scrollWidth") <= 390, "no sideways scrolling at 390 px " + fragment)
        checks.equal(page.problems(), [], "errors and requests")
        page.close()


def look_at_comparison(browser, file, checks):
    for fragment in ("", "#lang=en"):
        page = Page(browser, file, fragment)
        for section in ("headlines", "waterfall", "changemap", "changed", "changed_services", "words"):
            checks.that(page.value("document.getElementById('%s') !== null" % section), "the section %s %s" % (section, fragment))
        changes = page.value("Object.values(page.data.comparison.waterfall)[0][0].steps.length - 1")
        checks.equal(page.value("document.querySelectorAll('svg.waterfall rect.bar').length"), changes, "bars of the waterfall")
        checks.equal(page.value("document.querySelectorAll('svg.waterfall circle.dot').length"), 2, "runs at its ends")
        parts, total = page.value("(() => { const steps = Object.values(page.data.comparison.waterfall)[0][0].steps.map((one) => Number(one.m)); const total = steps.pop(); return [steps.reduce((a, b) => a + b, 0), total]; })()")
        checks.that(abs(parts - total) < 1e-9 * (1 + abs(total)), "printed parts sum to the printed total: %s, %s" % (parts, total))
        all_rows = page.value("document.querySelector('#changed [role=status]').textContent")
        page.value("{ const field = document.querySelector('#changed input[type=search]'); field.value = 'babol'; field.dispatchEvent(new Event('input')); }")
        checks.that(page.value("document.querySelector('#changed [role=status]').textContent") != all_rows, "search finds fewer stations")
        checks.that("changed.q=babol" in page.value("location.hash"), "what is searched stands in the address")
        page.value("{ const field = document.querySelector('#waterfall [data-choice=quantity]'); field.selectedIndex = 1; field.dispatchEvent(new Event('change')); }")
        checks.that("quantity=" in page.value("location.hash"), "the quantity stands in the address")
        checks.equal(page.value("document.querySelectorAll('svg.waterfall').length"), 1, "one waterfall at a time")
        checks.equal(page.problems(), [], "errors and requests")
        pages, size = page.pages_printed()
        checks.that(0 < pages < 30, "pages printed: %d" % pages)
        page.close()


def look_at_map_of_comparison(browser, file, checks):
    page = Page(browser, file)
    rows = "page.data.tables.changed.where((row) => changeMap.map.position(row) !== null)"
    checks.equal(page.value("document.querySelectorAll('#changemap circle.change').length"), page.value(rows + ".length"), "offices on the map")
    for result in ("better", "worse", "untouched"):
        count = page.value("%s.filter((row) => page.data.tables.changed.text('result', row) === '%s').length" % (rows, result))
        checks.equal(page.value("document.querySelectorAll('#changemap circle.change.%s').length" % result), count, "offices that are " + result)
    sizes = page.value("%s.filter((row) => page.data.tables.changed.text('result', row) === 'better').map((row) => [Math.abs(page.data.tables.changed.value('wait_joined_difference_s', row)), Number(changeMap.map.marks.get(row).getAttribute('r'))]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1])" % rows)
    checks.that(sizes == sorted(sizes) and len(set(sizes)) > 3, "a larger difference has a larger dot")
    page.value("[...document.querySelectorAll('#changemap circle.change.better')].pop().dispatchEvent(new Event('click'))")
    checks.that("office=" in page.value("location.hash"), "the office stands in the address")
    office = page.value("new URLSearchParams(location.hash.slice(1)).get('office')")
    page.value("document.querySelector('#changemap .place a').click()")
    page.wait("document.querySelectorAll('#changed tbody tr').length === 1")
    checks.equal(page.value("document.querySelector('#changed tbody bdi').title"), office, "the list shows the chosen office")
    page.value("document.querySelector('#changed tbody a').click()")
    page.wait("document.activeElement.classList.contains('change')")
    checks.equal(page.problems(), [], "errors and requests")
    page.close()


def look_at_staffing(browser, file, checks):
    folder = os.path.dirname(file)
    with open(os.path.join(folder, "staffing.csv"), encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    with open(os.path.join(folder, "staffing_frontier.csv"), encoding="utf-8-sig", newline="") as source:
        steps = list(csv.DictReader(source))
    page = Page(browser, file, "#lang=en")
    for section in ("staffing", "staffmap", "staffcurve", "frontier", "words"):
        checks.that(page.value("document.getElementById('%s') !== null" % section), "the section " + section)
    checks.that(page.value("document.getElementById('map') === null"), "no map of a run")
    shown = page.value("[...document.querySelectorAll('#staffing tbody tr')].map((row) => [row.querySelector('[title]').title, ...[...row.querySelectorAll('td')].map((cell) => cell.textContent)])")
    checks.equal(len(shown), len(rows), "stations in the list")
    by_id = {row[0]: row for row in shown}
    for row in rows:
        cells = by_id[row["station"]]
        checks.that(row["clerks_now"] in cells and row["clerks_needed"] in cells, "clerks now and needed of " + row["station"])
        if row["unit"] == "share" and row["value_mean"]:
            value = [float(cell.split("%")[0]) for cell in cells if "%" in cell and "(" in cell][0]
            checks.that(abs(value - 100 * float(row["value_mean"])) < 0.6, "value of " + row["station"])
    offices = sum("@" not in row["station"] for row in rows)
    checks.equal(page.value("document.querySelectorAll('#staffmap circle.change').length"), offices, "offices on the map")
    last = len(steps) - 1
    page.value("{ const slider = document.getElementById('frontier-step'); slider.value = %d; slider.dispatchEvent(new Event('input')); }" % last)
    told = page.value("document.querySelector('output.frontier').textContent")
    checks.that(steps[last]["clerks"] + " clerks" in told, "the slider tells the clerks of its step: " + told)
    checks.that("step=%d" % last in page.value("location.hash"), "the step stands in the address")
    page.value("document.querySelector('#staffing tbody a').click()")
    checks.that("staffed=" in page.value("location.hash"), "the station of the curves stands in the address")
    checks.equal(page.problems(), [], "errors and requests")
    pages, size = page.pages_printed()
    checks.that(0 < pages < 10, "pages printed: %d" % pages)
    page.close()


def look_at_plan(browser, file, checks):
    tables = {}
    for name in ("plan", "plan_offices", "plan_frontier"):
        with open(os.path.join(os.path.dirname(file), name + ".csv"), encoding="utf-8-sig", newline="") as source:
            tables[name] = list(csv.DictReader(source))
    page = Page(browser, file, "#lang=en")
    for section in ("planwaves", "planservices", "planfrontier", "planmap", "planoffices", "words"):
        checks.that(page.value("document.getElementById('%s') !== null" % section), "the section " + section)
    checks.that(page.value("document.getElementById('map') === null"), "no map of a run")
    cells = "[...document.querySelectorAll('#%s tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    waves = page.value(cells % "planwaves")
    for wave in waves:
        moved = [row for row in tables["plan"] if row["wave"] == wave[0]]
        checks.equal(int(wave[2].replace(",", "")), len(moved), "services of wave " + wave[0])
        citizens = sum(float(row["citizens"]) for row in moved)
        checks.that(abs(int(wave[3].replace(",", "")) - citizens) <= 0.5 * len(moved), "citizens of wave " + wave[0])
    clerks = sum(int(row["clerks_added"]) for row in tables["plan_offices"])
    checks.equal(sum(int(wave[5].replace(",", "")) for wave in waves), clerks, "clerks of all waves")
    services = page.value("[...document.querySelectorAll('#planservices tbody tr')].map((row) => [row.querySelector('[title]').title, row.cells[2].textContent])")
    checks.equal(dict(services), {row["service"]: row["wave"] for row in tables["plan"]}, "waves of the services")
    checks.equal(len(page.value(cells % "planoffices")), len(tables["plan_offices"]), "stations in the list")
    checks.equal(page.value("document.querySelectorAll('#planfrontier circle.mark').length"), len(tables["plan_frontier"]), "points of the frontier")
    page.value("{ const field = document.querySelector('#planservices select'); field.value = 'stays'; field.dispatchEvent(new Event('change')); }")
    checks.that("planservices.only=" in page.value("location.hash") or page.value("document.querySelector('#planservices select').value") == "", "what is chosen stands in the address")
    checks.equal(page.problems(), [], "errors and requests")
    pages, size = page.pages_printed()
    checks.that(0 < pages < 10, "pages printed: %d" % pages)
    page.close()


def factor_of(quantity, unit):
    """From the unit of the table to that of the page."""
    if unit == "share":
        return 100
    if unit == "s":
        return 1 / 3600 if quantity in ("staffed_s", "overtime_s", "busy_s") else 1 / 60
    return 1


def agrees(digits, value):
    """Whether digits are a value rounded to as many decimals."""
    return abs(float(digits) - value) <= 0.5000001 * 10.0 ** -len(digits.partition(".")[2])


def rows_of(file, name):
    with open(os.path.join(os.path.dirname(file), name + ".csv"), encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def expect_numbers_of_study(page, file, checks):
    """The numbers of the page are those of the tables."""
    study = page.value("({responses: page.data.study.responses, sensitivities: page.data.study.sensitivities, best: page.data.study.best, factors: page.data.study.factors, points: page.data.tables.points.rows})")
    names = [response["quantity"] for response in study["responses"]]
    shown = page.value("page.data.study.responses.map((response, i) => page.data.tables.points.all().map((row) => page.data.tables.points.estimate('r' + i, row)))")
    compared = 0
    for row in rows_of(file, "responses"):
        point, response = int(row["point"]), names.index(row["quantity"])
        if point >= study["points"]:
            continue
        estimate, factor = shown[response][point], factor_of(row["quantity"], row["unit"])
        for part, column in (("m", "value_mean"), ("l", "value_low"), ("u", "value_high")):
            if row[column] == "":
                checks.equal(estimate[part], None, "no number of point %d" % point)
            else:
                checks.that(agrees(estimate[part], factor * float(row[column])), "%s of point %d is %s, and the page says %s" % (column, point, row[column], estimate[part]))
                compared += 1
    for best in study["best"]:
        table = {int(row["point"]): row for row in rows_of(file, "best") if row["quantity"] == names[best["response"]]}
        checks.equal(best["candidates"], sum(row["may_be_best"] == "yes" for row in table.values()), "points that may be the best")
        for row in best["rows"]:
            of = table[row["point"]]
            factor = factor_of(of["quantity"], of["unit"])
            for part, column in (("value", "value"), ("m", "behind_mean"), ("u", "behind_high")):
                checks.that(agrees(row[part], factor * float(of[column])), "%s of point %d" % (column, row["point"]))
                compared += 1
    if study["sensitivities"]:
        table = {(row["quantity"], row["factor"], row["index"]): row for row in rows_of(file, "sensitivities")}
        checks.equal(len(table), len(study["sensitivities"]), "sensitivities")
        for one in study["sensitivities"]:
            of = table[names[one["response"]], study["factors"][one["factor"]]["id"], one["index"]]
            factor = 1 if of["unit"] == "share" and one["index"] in ("first_order", "total") else factor_of(of["quantity"], of["unit"])
            checks.that(agrees(one["m"], factor * float(of["value_mean"])), "%s of %s" % (one["index"], of["factor"]))
            compared += 1
    print("%s: %d numbers as in the tables" % (os.path.basename(os.path.dirname(file)), compared))
    checks.that(compared > 50, "numbers are compared")


def look_at_study(browser, file, checks):
    for fragment in ("", "#lang=en&theme=dark"):
        page = Page(browser, file, fragment)
        study = page.value("({responses: page.data.study.responses.length, curves: page.data.study.curves, sensitivities: page.data.study.sensitivities.length, best: page.data.study.best.length, factors: page.data.study.factors.map((one) => one.id)})")
        sections = ["study", "curves", "points", "words"] + (["best"] if study["best"] else []) + (["sensitivities"] if study["sensitivities"] else [])
        for section in sections:
            checks.that(page.value("document.getElementById('%s') !== null" % section), "the section %s %s" % (section, fragment))
        checks.equal(page.value("document.querySelectorAll('svg.curve').length"), study["responses"], "a chart a response")
        for chart in page.value(LOOKS_AT_CHARTS):
            checks.that(chart["marks"] > 2 and chart["name"] and chart["width"] > 100, "a chart draws: %r" % chart)
        if study["curves"]:
            lines = page.value("page.data.study.axes[1] === null ? 1 : page.data.study.factors[page.data.study.axes[1]].levels.length")
            checks.equal(page.value("document.querySelectorAll('svg.curve path.area').length"), lines * study["responses"], "a band a line")
        if study["sensitivities"]:
            checks.equal(page.value("document.querySelectorAll('svg.sensitivities circle.mark').length"), 2 * len(study["factors"]) * study["responses"], "two indices a factor")
        text = page.value("document.body.innerText")
        checks.that("[object" not in text and "undefined" not in text and "NaN" not in text, "words only " + fragment)
        if fragment:
            checks.equal(page.value("document.getElementById('sections').innerText.match(/[\\u06f0-\\u06f9]/g)"), None, "Persian digits in English")
        expect_numbers_of_study(page, file, checks)
        before = page.value("document.querySelector('svg.curve').innerHTML")
        page.value("{ const field = document.querySelector('#curves [data-choice=over]'); field.selectedIndex = 1; field.dispatchEvent(new Event('change')); }")
        checks.that("over=" in page.value("location.hash"), "the factor stands in the address")
        checks.that(page.value("document.querySelector('svg.curve').innerHTML") != before, "another factor, another curve")
        page.value("document.querySelectorAll('#points thead button')[1].click()")
        checks.that("sort=" in page.value("location.hash"), "the order stands in the address")
        checks.equal(page.problems(), [], "errors and requests")
        pages, size = page.pages_printed()
        checks.that(0 < pages < 12, "pages printed: %d" % pages)
        page.close()


def run_axe(browser, file, axe, fragment, checks):
    page = Page(browser, file, fragment)
    with open(axe, encoding="utf-8") as source:
        page.value(source.read() + ";1")
    found = page.value("axe.run().then(result => result.violations.map(one => one.id + ': ' + one.help + ' ' + one.nodes[0].html.slice(0, 200)))")
    checks.equal(found, [], "violations of axe " + fragment)
    page.close()


def main():
    arguments = sys.argv[1:]
    axe = None
    if "--axe" in arguments:
        at = arguments.index("--axe")
        axe = arguments[at + 1]
        del arguments[at:at + 2]
    checks = Checks()
    browser = Chromium(arguments[0])
    try:
        for file in arguments[1:]:
            page = Page(browser, file)
            is_comparison, is_study, is_staffing, is_plan, is_decision = page.value(
                "['comparison', 'study', 'staffing', 'plan', 'decision'].map((what) => page.data[what] !== undefined)")
            page.close()
            if is_decision:
                page = Page(browser, file, "#lang=en")
                look_at_decision(page, file, checks)
                checks.equal(page.problems(), [], "errors and requests")
                page.close()
            if is_staffing or is_plan or is_decision:
                if not is_decision:
                    (look_at_plan if is_plan else look_at_staffing)(browser, file, checks)
                look_narrow(browser, file, checks)
                for fragment in ["", "#lang=en&theme=dark"] if axe else ():
                    run_axe(browser, file, axe, fragment, checks)
                continue
            if is_study:
                look_at_study(browser, file, checks)
                look_narrow(browser, file, checks)
                for fragment in ["", "#lang=en&theme=dark"] if axe else ():
                    run_axe(browser, file, axe, fragment, checks)
                continue
            if is_comparison:
                look_at_comparison(browser, file, checks)
                look_at_map_of_comparison(browser, file, checks)
                look_narrow(browser, file, checks)
                for fragment in ["#changed.q=ramsar", "#changed.q=ramsar&lang=en&theme=dark"] if axe else ():
                    run_axe(browser, file, axe, fragment, checks)
                continue
            look_at_overview(browser, file, checks)
            look_narrow(browser, file, checks)
            page = Page(browser, file)
            has_province = page.value("page.data.map !== null")
            page.close()
            if has_province:
                look_at_list(browser, file, checks)
                look_at_links(browser, file, checks)
                look_at_map(browser, file, checks)
                look_at_many(browser, file, checks)
            # A few rows are enough, and every rule is tried on them.
            fragments = ["#q=ramsar-u-00", "#q=ramsar-u-00&lang=en&theme=dark"]
            if has_province:
                fragments += ["#station=ramsar-u-001", "#station=ramsar-u-001&theme=dark"]
            for fragment in fragments if axe else ():
                run_axe(browser, file, axe, fragment, checks)
    finally:
        browser.close()
    print("axe: " + ("run" if axe else "not run, for there is no axe-core"))
    return 1 if checks.failures else 0


if __name__ == "__main__":
    sys.exit(main())
