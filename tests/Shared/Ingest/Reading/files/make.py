#!/usr/bin/env python3
"""Writes the workbooks of this folder: each once as .xlsx by hand, then as LibreOffice saves it.

Needs LibreOffice (`soffice` on PATH) and its Python bridge (Debian: python3-uno, for /usr/bin/python3).

figures      every kind of cell that the formats share, on three sheets
days1904     dates counted from 1904
locked       with the password "figures"
linked       a formula that refers to another file
"""
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

HERE = Path(__file__).resolve().parent
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FILTERS = {"ods": "calc8", "xls": "MS Excel 97", "csv": "Text - txt - csv (StarCalc)"}
CSV_OPTIONS = "44,34,76,1,,0,false,true,true"

# The formats of the cells, by the number in s="".
STYLES = ["General", "0%", "0.0%", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd hh:mm", "[h]:mm", "hh:mm", "#,##0", "&quot;£&quot;#,##0"]

FIGURES = """
<row r="1"><c r="A1" t="inlineStr"><is><t>Domestic abuse – 2019-20</t></is></c><c r="B1"/></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>Area</t></is></c><c r="B3" t="inlineStr"><is><t>Q1</t></is></c>
  <c r="C3" t="inlineStr"><is><t>Share</t></is></c><c r="D3" t="inlineStr"><is><t xml:space="preserve">a  b &lt;5</t></is></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>Café</t></is></c><c r="B4"><v>1864</v></c><c r="C4" s="1"><v>0.76</v></c>
  <c r="D4" t="inlineStr"><is><t>two
lines</t></is></c></row>
<row r="5" hidden="1"><c r="A5" t="inlineStr"><is><t>Hunts</t></is></c><c r="B5"><v>-12.5</v></c><c r="C5" s="2"><v>0.765</v></c>
  <c r="D5" t="inlineStr"><is><t>[x]</t></is></c></row>
<row r="6"><c r="A6" s="3"><v>43556</v></c><c r="B6" s="4"><v>43556.5625</v></c><c r="C6" s="5"><v>1.5625</v></c>
  <c r="D6" s="6"><v>0.375</v></c><c r="E6" s="7"><v>14116</v></c><c r="F6" s="8"><v>66935</v></c></row>
<row r="7"><c r="A7"><f>B4+1</f><v>1865</v></c><c r="B7" t="str"><f>A4&amp;"!"</f><v>Café!</v></c><c r="C7" s="1"><f>C4</f><v>0.76</v></c>
  <c r="D7" t="b"><f>B4&gt;1</f><v>1</v></c><c r="E7" s="3"><f>A6+1</f><v>43557</v></c><c r="F7" t="str"><f>""</f><v></v></c></row>
<row r="8"><c r="A8" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B8" t="e"><f>NA()</f><v>#N/A</v></c><c r="C8" t="e"><f>#REF!</f><v>#REF!</v></c>
  <c r="D8" t="e"><f>1+"a"</f><v>#VALUE!</v></c><c r="E8" t="e"><f>nobody</f><v>#NAME?</v></c><c r="F8" t="e"><f>10^1000</f><v>#NUM!</v></c></row>
<row r="9"><c r="A9" t="b"><f>TRUE()</f><v>1</v></c><c r="B9" t="b"><f>FALSE()</f><v>0</v></c><c r="C9"><v>0</v></c><c r="D9"><v>1234567890123</v></c>
  <c r="E9"><v>0.1</v></c><c r="F9"><v>12345.678</v></c><c r="G9"><v>7</v></c></row>
<row r="12"><c r="A12"><v>1</v></c><c r="B12"><v>1</v></c><c r="C12"><v>1</v></c></row>
<row r="13"><c r="A13"><v>1</v></c><c r="B13"><v>1</v></c><c r="C13"><v>1</v></c></row>
<row r="14"><c r="A14"><v>1</v></c><c r="B14"><v>1</v></c><c r="C14"><v>1</v></c></row>
"""


def text(address: str, words: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{words}</t></is></c>'


MORE = "".join(f'<row r="{r}">{text(f"A{r}", f"Label {r} – ” " + "x" * (r % 97))}<c r="B{r}"><v>{r * 37 % 1009 / 4}</v></c></row>' for r in range(1, 121))
FIGURE_SHEETS = [
    ("Figures", "", '<cols><col min="7" max="7" width="9" hidden="1" customWidth="1"/></cols>', FIGURES, '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'),
    ("Out of sight", ' state="hidden"', "", '<row r="2"><c r="B2"><v>42</v></c></row>', ""),
    ("More", "", "", MORE, ""),
]
DAYS = [("Days", "", "", '<row r="1"><c r="A1" s="3"><v>42094</v></c><c r="B1" s="4"><v>42094.5625</v></c><c r="C1" s="6"><v>0.375</v></c></row>', "")]
LOCKED = [("Figures", "", "", '<row r="1"><c r="A1"><v>17</v></c></row>', "")]
LINKED = [("Figures", "", "", '<row r="1"><c r="A1"><f>[1]Other!$A$1</f><v>17</v></c></row>', "")]
LINK = (f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="x"><sheetNames><sheetName val="Other"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>17</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>')


def write(path: Path, sheets: list, properties: str = "", link: bool = False) -> None:
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(STYLES) if i)
    styles = "".join(f'<xf numFmtId="{164 + i if i else 0}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for i in range(len(STYLES)))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>' for i in range(len(sheets)))
        + (f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{SHEET_TYPE}.externalLink+xml"/>' if link else "") + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="m" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{i + 1}"{state} r:id="s{i}"/>' for i, (name, state, *_) in enumerate(sheets))
        + "</sheets>" + ('<externalReferences><externalReference r:id="x1"/></externalReferences>' if link else "") + "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="y" Type="{OFFICE}/styles" Target="styles.xml"/>'
        + "".join(f'<Relationship Id="s{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(len(sheets)))
        + (f'<Relationship Id="x1" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>' if link else "") + "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(STYLES) - 1}">{formats}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(STYLES)}">{styles}</cellXfs></styleSheet>',
    }
    if link:
        parts["xl/externalLinks/externalLink1.xml"] = LINK
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="x" Type="{OFFICE}/externalLinkPath" Target="file:///C:/Shared/other.xlsx" TargetMode="External"/></Relationships>')
    for i, (_, _, before, rows, after) in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows.strip()}</sheetData>{after}</worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def option(name: str, value: object) -> PropertyValue:
    return PropertyValue(Name=name, Value=value)


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
        for name, endings, sheets, properties in (
                ("figures", ["ods", "xls", "csv"], FIGURE_SHEETS, ""),
                ("days1904", ["ods", "xls"], DAYS, '<workbookPr date1904="1"/>'),
                ("locked", ["ods", "xls"], LOCKED, ""),
                ("linked", ["ods", "xls"], LINKED, "")):
            source = Path(folder) / f"{name}.xlsx"
            write(source, sheets, properties, name == "linked")
            if name in ("figures", "days1904"):
                (HERE / source.name).write_bytes(source.read_bytes())
            document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (option("Hidden", True),))
            for ending in endings:
                options = [option("FilterName", FILTERS[ending]), option("Overwrite", True)]
                options += [option("FilterOptions", CSV_OPTIONS)] if ending == "csv" else []
                options += [option("Password", "figures")] if name == "locked" else []
                document.storeToURL((HERE / f"{name}.{ending}").as_uri(), tuple(options))
            document.close(True)
        try:
            desktop.terminate()
        except Exception:  # it hangs up while it answers
            pass
        office.wait(60)


if __name__ == "__main__":
    main()
