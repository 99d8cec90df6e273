#!/usr/bin/env python3
"""Workbooks through LibreOffice: filled, opened and saved by it, compared, and taken back.

    python3 benches/compare/office.py WARRANT STORE [--system 'Customer Portal'] [--results 'Billing and Payments']

WARRANT is the program, STORE a folder that `warrant demo --store` made. `soffice` (Debian: libreoffice-calc) and the
package openpyxl must be installed. For each layout of content/workbooks a blank template is made as publishers make
them: a cover, a banner, headers in the sixth row, a styled first row, lists of allowed values, a sheet that counts.
Printed are, before and after LibreOffice: cells, styles, lists of allowed values and merged cells that are equal, and
what taking the saved file back would record, which must be nothing. What LibreOffice changes in the blank template as
well is its own doing and left aside, as is that it wraps text of several lines. Exit code 1 when anything else differs.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

LAYOUTS = pathlib.Path(__file__).resolve().parents[2] / "content" / "workbooks"
HEADER = 6


def template(layout, path):
    """A blank workbook of a layout."""
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active["A1"] = "How to fill this in"
    book.active["A1"].font = Font(bold=True, color="FF0000")
    for part in layout["sheet"]:
        sheet = book.create_sheet(part["names"][0])
        sheet["B1"] = "Banner"
        sheet.merge_cells("B1:E1")
        sheet.column_dimensions["B"].width = 33
        sheet.freeze_panes = f"A{HEADER + 1}"
        for at, column in enumerate(layout["column"], 2):
            head = sheet.cell(HEADER, at, column["header"])
            head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDFF")
            head.alignment = Alignment(wrap_text=True)
            first = sheet.cell(HEADER + 1, at)
            first.border = Border(bottom=Side("thin"))
            if "Date" in column["header"] and at % 2 == 0:
                first.number_format = "yyyy-mm-dd"
            if column.get("values"):
                allowed = DataValidation(type="list", formula1='"' + ",".join(column["values"]) + '"')
                allowed.add(first)
                sheet.add_data_validation(allowed)
    counts = book.create_sheet("Summary")
    counts["A1"] = f"=COUNTA('{layout['sheet'][0]['names'][0]}'!B{HEADER + 1}:B5000)"
    book.save(path)


def plain(value):
    """A value however it is stored: days as text, formulas without quotes."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, str):
        return value.replace("'", "").replace("\r\n", "\n").replace("_x000D_", "")
    return value


def looks(cell):
    """What of a cell's style people see."""
    shown = "day" if isinstance(cell.value, datetime.datetime) else cell.number_format.replace("\\", "")
    wrapped = "\n" in str(cell.value) or bool(cell.alignment.wrap_text)
    return bool(cell.font.b), wrapped, cell.border.bottom.style, shown


def lists(sheet):
    return sorted((str(one.formula1), str(one.sqref)) for one in sheet.data_validations.dataValidation)


def compare(before, after):
    """Cells and styles that are equal and that differ, the number of lists, and what else differs."""
    cells, styles, notes, allowed = [0, 0], [0, 0], [], 0
    if before.sheetnames != after.sheetnames:
        return cells, styles, allowed, [f"sheets {before.sheetnames} became {after.sheetnames}"]
    for name in before.sheetnames:
        old, new = before[name], after[name]
        for row in old.iter_rows():
            for cell in row:
                other = new[cell.coordinate]
                if cell.value is None and other.value is None:
                    continue
                same = plain(cell.value) == plain(other.value)
                cells[0 if same else 1] += 1
                if not same:
                    notes.append(f"{name} {cell.coordinate}: {cell.value!r} became {other.value!r}"[:200])
                styles[0 if looks(cell) == looks(other) else 1] += 1
        allowed += len(lists(old))
        if lists(old) != lists(new):
            notes.append(f"{name}: lists of allowed values differ")
        if sorted(map(str, old.merged_cells.ranges)) != sorted(map(str, new.merged_cells.ranges)):
            notes.append(f"{name}: merged cells differ")
        if old.freeze_panes != new.freeze_panes:
            notes.append(f"{name}: frozen rows differ")
    return cells, styles, allowed, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warrant")
    parser.add_argument("store")
    parser.add_argument("--system", default="Customer Portal")
    parser.add_argument("--results", default="Billing and Payments", help="the system with results of checklists")
    given = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for path in sorted(LAYOUTS.glob("*.toml")):
            layout = tomllib.loads(path.read_text())
            name = layout["id"]
            system = given.results if name.endswith("results") else given.system
            blank, filled = folder / f"{name}-blank.xlsx", folder / f"{name}.xlsx"
            template(layout, blank)
            report = [given.warrant, "report", name, "--store", given.store, "--system", system]
            subprocess.run([*report, "--template", blank, "-o", filled], check=True, capture_output=True)
            office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
            saved = folder / "saved"
            to = ["xlsx:Calc MS Excel 2007 XML", "--outdir", saved, blank, filled]
            subprocess.run([*office, *to], check=True, capture_output=True)
            own = compare(*map(openpyxl.load_workbook, (blank, saved / blank.name)))[3]
            saved = saved / filled.name
            cells, styles, allowed, notes = compare(*map(openpyxl.load_workbook, (filled, saved)))
            notes = [note for note in notes if note not in own]
            back = subprocess.run([*report, "--back", saved, "--dry-run", "--json"], capture_output=True, text=True)
            if back.returncode:
                sys.exit(f"{name}: {back.stderr}")
            taken = json.loads(back.stdout)
            changes = len(taken["judged"]) + len(taken["edited"]) + len(taken["not_taken"])
            print(
                f"{name}: {cells[0]} cells equal, {cells[1]} differ; styles {styles[0]} equal, {styles[1]} differ; "
                f"{allowed} lists of allowed values; taken back: {taken['same']} rows as written, {changes} changes, "
                f"compared with {taken['compared']}"
            )
            for note in notes[:5]:
                print("  " + note)
            failed |= bool(cells[1] or styles[1] or notes or changes or taken["compared"] != "export")
    sys.exit(failed)


if __name__ == "__main__":
    main()
