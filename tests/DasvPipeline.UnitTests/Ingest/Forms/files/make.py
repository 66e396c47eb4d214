#!/usr/bin/env python3
"""Fills in forms in LibreOffice, as a person would, and saves them in this folder as .xlsx, .xls, .ods and .csv.

Needs LibreOffice (`soffice` on PATH) and its Python bridge (Debian: python3-uno, for /usr/bin/python3), and a build of
this repository (`dotnet build`). The forms come from `template`.

helpline    one table, with the figures of the quarter before beside its cells
idva        two tables, one of which has a total
clients     four tables by columns

Into the cells that are not locked go 10, 11, 12 … (as percentages 1%, 2% …), into the first note a suggestion of its list.
"""
import itertools
import subprocess
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
CSV = "Text - txt - csv (StarCalc)"
CSV_OPTIONS = "44,34,76,1,,0,false,true,true,false,false,{sheet}"
HEADING_ROW = 3
FORMS = (
    ("helpline", "rape-crisis/helpline", "2019-20-Q2", ROOT / "samples/rape-crisis/helpline/2019-20-Q1/helpline-2019-20-Q1.csv"),
    ("idva", "idva-service/idva", "2019-20-Q1", None),
    ("clients", "rape-crisis/clients", "2019-20", None),
)


def option(name: str, value: object) -> PropertyValue:
    return PropertyValue(Name=name, Value=value)


def template(folder: Path, name: str, owed: str, period: str, last: Path | None) -> Path:
    form = folder / f"{name}.xlsx"
    before = ["--last", str(last)] if last else []
    subprocess.run(["dotnet", "run", "--no-build", "--project", str(ROOT / "local"), "--", "template", owed, period, str(form), *before], check=True)
    return form


def fill(document) -> None:
    numbers = itertools.count()
    noted = False
    for sheet in (document.Sheets.getByIndex(i) for i in range(1, document.Sheets.Count)):
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        for row, column in itertools.product(range(HEADING_ROW + 1, cursor.RangeAddress.EndRow + 1), range(1, cursor.RangeAddress.EndColumn + 1)):
            cell = sheet.getCellByPosition(column, row)
            if cell.CellProtection.IsLocked:
                continue
            if sheet.getCellByPosition(column, HEADING_ROW).String == "Notes":
                if not noted and not sheet.getCellByPosition(1, row).CellProtection.IsLocked:
                    cell.String = "Estimated from part of the records"
                    noted = True
            else:
                number = next(numbers)
                is_percent = "%" in document.NumberFormats.getByKey(cell.NumberFormat).FormatString
                cell.Value = (number + 1) / 100 if is_percent else 10 + number
        if sheet.showInvalid():
            raise SystemExit(f"{sheet.Name}: its own rules refuse what was filled in")
    document.calculateAll()


def save(document, name: str) -> None:
    for ending, kind in FILTERS.items():
        document.storeToURL((HERE / f"{name}.{ending}").as_uri(), (option("FilterName", kind), option("Overwrite", True)))
    # The first sheet alone, as a whole form saved as .csv is; then each sheet for itself.
    options = [("", "0"), *((f".{i}", str(i)) for i in range(2, document.Sheets.Count))]
    for ending, sheet in options:
        document.storeToURL((HERE / f"{name}{ending}.csv").as_uri(), (
            option("FilterName", CSV), option("FilterOptions", CSV_OPTIONS.format(sheet=sheet)), option("Overwrite", True)))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder).name
        office = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/user", f"--accept=pipe,name={pipe};urp;"])
        resolver = uno.getComponentContext()
        resolver = resolver.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", resolver)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # not listening yet
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        for name, owed, period, last in FORMS:
            document = desktop.loadComponentFromURL(template(Path(folder), name, owed, period, last).as_uri(), "_blank", 0, (option("Hidden", True),))
            fill(document)
            save(document, name)
            document.close(True)
        try:
            desktop.terminate()
        except Exception:  # it hangs up while it answers
            pass
        office.wait(60)


if __name__ == "__main__":
    main()
