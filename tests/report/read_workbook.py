"""Reads a workbook back and compares it with the CSV files of the same run.

python3 read_workbook.py FOLDER fa|en TEXTS: the folder holds workbook_<language>.xlsx and <table>.csv; TEXTS is the
catalogue of the language. Prints what differs, and how many numbers were compared; exit code 1 if anything differs.
"""
import csv
import datetime
import json
import openpyxl
import pathlib
import re
import sys

IN_HOURS = {"staffed_s", "overtime_s", "busy_s"}
IN_SECONDS = {"response_s", "transaction_s", "transfer_s", "system_s", "transaction_p50_s", "transaction_p95_s",
              "transaction_p99_s"}
SHARES = {"service_level", "utilization", "load", "in_time", "goal"}
ROW_UNITS = {"summary", "costs", "changes", "targets"}
BOUNDS = ("_half_width", "_low", "_high")

folder, language, catalogue = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
texts = json.loads(catalogue.read_text(encoding="utf-8"))
problems = []
compared = {"numbers": 0, "texts": 0, "dates": 0, "sheets": 0}


def expect(is_so, *what):
    if not is_so:
        problems.append(" ".join(map(str, what)))


def shown_as(quantity, unit):
    """Unit in which people read a quantity, and the factor to it."""
    if unit in ("share", "probability"):
        return "percent", 100
    if unit == "s" and quantity in IN_HOURS:
        return "h", 1 / 3600
    if unit == "s" and quantity not in IN_SECONDS:
        return "min", 1 / 60
    return unit, 1


def unit_of(quantity):
    """Of a column, by its name."""
    if quantity in SHARES or quantity.endswith("_share"):
        return "share"
    for ending, unit in (("_s", "s"), ("_km", "km"), ("_min", "min"), ("_h", "h")):
        if quantity.endswith(ending):
            return unit
    return "degrees" if quantity in ("latitude", "longitude") else ""


def rounded(value, decimals):
    if decimals < 0:
        value = round(value / 10.0 ** -decimals) * 10.0 ** -decimals
    text = f"{value:.{max(decimals, 0)}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def rounded_alone(value, most=2):
    for decimals in range(most):
        if abs(value * 10 ** decimals - round(value * 10 ** decimals)) < 1e-9:
            return rounded(value, decimals)
    return rounded(value, most)


def printed(mean, low, high, factor):
    """Value and ends of the interval, in digits."""
    half = (high - low) / 2 * factor
    if half > 0:
        decimals = min(2, 1 - int(f"{half:.1e}".split("e")[1]))
    else:
        decimals = 0 if rounded(mean * factor, 0) == rounded_alone(mean * factor) else 2
    return [rounded(value * factor, decimals) for value in (mean, low, high)]


def expect_number(cell, digits, percent, where):
    if digits is None:
        expect(cell.value is None, where, "should be empty, is", cell.value)
        return
    decimals = len(digits.partition(".")[2])
    number_format = ("[$-3000429]" if language == "fa" else "") + ("0" if percent else "#,##0")
    number_format += "." + "0" * decimals if decimals else ""
    number_format += "%" if percent else ""
    value = float(digits + ("e-2" if percent else ""))
    expect(cell.value == value, where, "is", cell.value, "and not", value)
    expect(cell.number_format == number_format, where, "has format", cell.number_format, "and not", number_format)
    compared["numbers"] += 1


def number(row, column):
    return float(row[column]) if row.get(column) else None


def estimate_of(row, quantity, factor):
    """None where there is no interval."""
    value = quantity + "_mean" if quantity + "_mean" in row else quantity
    mean = number(row, value)
    prefix = "" if quantity == "mean" else quantity + "_"
    low, high, half = (number(row, prefix + end) for end in ("low", "high", "half_width"))
    if mean is None or (low is None and half is None):
        return [None] * 3
    return printed(mean, mean - half if low is None else low, mean + half if high is None else high, factor)


def is_bound(name, names):
    if name in ("half_width", "low", "high"):
        return True
    return any(name.endswith(end) and (name[:-len(end)] in names or name[:-len(end)] + "_mean" in names)
               for end in BOUNDS)


def heading(title, unit):
    if unit in ("min", "h", "s", "km"):
        return texts["heading.unit"].format(title=title, unit=texts["unit." + unit])
    return title


def compare_column(sheet, at, name, names, rows):
    """A column of a CSV file with where it stands in the sheet, if it does."""
    quantity = name[:-5] if name.endswith("_mean") else name
    has_row_units = sheet.csv_table in ROW_UNITS
    of_row = has_row_units and (quantity in ("mean", "with", "without", "difference", "asked", "reached", "value",
                                         "goal"))
    own_unit = "" if of_row or quantity == "hour" else shown_as(quantity, unit_of(quantity))[0]
    title = texts.get("column.name" if name in ("name_fa", "name_en") else "column." + quantity)
    title = title and heading(title, own_unit)  # only brief columns need one
    if title not in at:
        return None
    column = at[title]
    has_interval = quantity == "mean" or any(quantity + end in names for end in BOUNDS)
    for i, row in enumerate(rows):
        cell = sheet.cell(i + 2, column)
        where = f"{sheet.csv_table} {cell.coordinate}"
        unit, factor = shown_as(row.get("measure") or row.get("quantity"), row["unit"]) if of_row else shown_as(
            quantity, unit_of(quantity))
        if has_interval:
            for step, digits in enumerate(estimate_of(row, quantity, factor)):
                expect_number(sheet.cell(i + 2, column + step), digits, unit == "percent", where)
        elif name == "date_gregorian":
            expect(cell.is_date and cell.value.date() == datetime.date.fromisoformat(row[name]), where, cell.value)
            compared["dates"] += 1
        elif isinstance(cell.value, (int, float)):
            value = float(row[name]) * factor
            digits = rounded_alone(value, 2) if unit != "degrees" else rounded(value, 4)
            expect_number(cell, digits, unit == "percent", where)
        elif name in ("name_fa", "name_en", "office", "service", "counter", "station", "stream"):
            text = row[name][1:] if re.match("'[=+@\t\r-]", row[name]) else row[name]  # kept from being a formula
            expect((cell.value or "") == text, where, "is", cell.value, "and not", row[name])
            compared["texts"] += 1
    if has_interval:
        for step, key in ((1, "heading.low"), (2, "heading.high")):
            expect(sheet.cell(1, column + step).value == texts[key].format(title=title), sheet.csv_table, title)
    return [column, column + 1, column + 2] if has_interval else [column]


def in_order_of(sheet, rows):
    """Rows of what has names stand in the order of the names: those of the CSV, brought into it by their ids."""
    first = list(rows[0])[0]
    if sheet.cell(1, 1).value != texts.get("column." + first) or "name_fa" not in rows[0]:
        return rows
    order = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    ids = [row[first] for row in rows]
    if len(set(ids)) != len(ids) or set(ids) != set(order):
        return rows
    return sorted(rows, key=lambda row: order[row[first]])


def compare_table(sheet, rows):
    rows = in_order_of(sheet, rows)
    names = list(rows[0])
    other = "name_en" if language == "fa" else "name_fa"
    at = {sheet.cell(1, column).value: column for column in range(1, sheet.max_column + 1)}
    expect(len(at) == sheet.max_column, sheet.csv_table, "has two columns of one title")
    expect(sheet.max_row == len(rows) + 1, sheet.csv_table, "has", sheet.max_row, "rows")
    seen = set()
    for name in names:
        if name != other and not is_bound(name, names):
            seen.update(compare_column(sheet, at, name, names, rows) or [])
    expect(seen == set(range(1, sheet.max_column + 1)), sheet.csv_table, "has columns that the CSV has not:", at)
    for needed in ("arrived_mean", "service_level_mean", "wait_s_mean"):
        if len({row.get(needed) for row in rows}) > 1:
            title = texts["column." + needed[:-5]]
            expect(any(name.startswith(title) for name in at), sheet.csv_table, "has no", needed)


def check_layout(sheet):
    what = sheet.csv_table
    last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
    expect(sheet.freeze_panes and sheet.freeze_panes.endswith("2"), what, "is frozen at", sheet.freeze_panes)
    expect(sheet.auto_filter.ref == "A1:" + last, what, "filters", sheet.auto_filter.ref)
    expect(sheet.page_setup.orientation == "landscape", what, sheet.page_setup.orientation)
    expect((sheet.print_title_rows or "").replace("$", "") == "1:1", what, sheet.print_title_rows)
    expect((sheet.print_area[0] if isinstance(sheet.print_area, list) else sheet.print_area).replace("$", "").endswith(
        "A1:" + last), what, "prints", sheet.print_area)
    coloured = {str(cells.sqref) for cells in sheet.conditional_formatting}
    for column in range(1, sheet.max_column + 1):
        title, letter = sheet.cell(1, column).value, openpyxl.utils.get_column_letter(column)
        if title in (texts["column.service_level"], texts["column.in_time"], texts["column.verdict"]):
            expect(any(cells.startswith(letter + "2") for cells in coloured), what, title, "has no colours")


def main():
    book = openpyxl.load_workbook(folder / f"workbook_{language}.xlsx")
    for sheet in book.worksheets:
        expect(bool(sheet.sheet_view.rightToLeft) == (language == "fa"), sheet.title, "has the wrong direction")
        for row in sheet.iter_rows():
            for cell in row:
                expect(cell.data_type != "f", sheet.title, cell.coordinate, "is a formula:", cell.value)
    tables = {texts[key]: key[len("table."):] for key in texts if key.startswith("table.")}
    for sheet in book.worksheets:
        if sheet.title not in tables:
            continue
        sheet.csv_table = tables[sheet.title]
        with open(folder / (sheet.csv_table + ".csv"), encoding="utf-8", newline="") as file:
            compare_table(sheet, list(csv.DictReader(file)))
        check_layout(sheet)
        compared["sheets"] += 1
    charts = [chart for sheet in book.worksheets for chart in sheet._charts]
    print(book.properties.created.date(), "charts:", len(charts), compared)
    print("sheets:", [sheet.title for sheet in book.worksheets])
    for problem in problems[:40]:
        print(problem)
    return 1 if problems else 0


sys.exit(main())
