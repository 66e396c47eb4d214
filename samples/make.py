#!/usr/bin/env python3
"""Writes the sample returns from quarters.csv and years.csv: samples/{agency}/{return}/{period}/{file}.

Needs Python 3.8 and LibreOffice (`soffice` on PATH). A workbook whose cells have not
changed is left as it is, because LibreOffice stamps the time into every file it saves.
"""
import csv
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Tuple
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
SPLIT_NOTE = "Sample file: the quarter is an illustrative share of the year's published figure."
ILLUSTRATIVE_NOTE = "Sample file: the figures by area and by quarter are illustrative."
CARE_ACT_NOTE = "Sample file: the Care Act figures are an illustrative share of the year's published figures."
NOT_AVAILABLE_NOTE = "Key: [x] not available"


# ---- figures -------------------------------------------------------------------------

class Percent(NamedTuple):
    whole: int


def parse(text: str) -> Any:
    if text.endswith("%"):
        return Percent(int(text[:-1]))
    return int(text) if text.isdigit() else text or None


def load() -> Dict[Tuple[str, str], list]:
    """Rows by (return, year). Stops if counts do not add up to the stated year."""
    figures: Dict[Tuple[str, str], list] = {}
    with open(HERE / "quarters.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            quarters = [parse(row[q]) for q in QUARTERS]
            total = parse(row["total"])
            adds_up = row["basis"] != "repeated" and isinstance(total, int) and quarters[0] is not None
            if adds_up and sum(quarters) != total:
                raise SystemExit(f"{row['return']} {row['year']} {row['label']}: {sum(quarters)} is not {total}")
            figures.setdefault((row["return"], row["year"]), []).append((row["table"], row["label"], quarters, total))
    return figures


def load_years() -> Dict[Tuple[str, str], list]:
    """Cells of yearly tables by (return, year), as the report prints them: "37 approx" stays as it is."""
    cells: Dict[Tuple[str, str], list] = {}
    with open(HERE / "years.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells.setdefault((row["return"], row["year"]), []).append(
                (row["table"], row["row"], row["column"], parse(row["value"]), row["note"] or None))
    return cells


FIGURES = load()
YEARS = load_years()


class Form:
    """The figures of one return for one period, as a layout asks for them."""

    def __init__(self, return_id: str, year: str, quarter: int = 0):
        self.return_id, self.year, self.quarter = return_id, year, quarter
        self.rows = FIGURES.get((return_id, year), [])
        self.cells = YEARS.get((return_id, year), [])

    @property
    def period(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else self.year

    @property
    def title(self) -> str:
        return f"Quarter {self.quarter} {self.year}"

    def table(self, name: str) -> List[list]:
        """[label, value] for each row of a table."""
        return [[label, quarters[self.quarter - 1] if self.quarter else total]
                for table, label, quarters, total in self.rows if table == name]

    def values(self, name: str) -> list:
        return [value for _, value in self.table(name)]

    def columns(self, name: str) -> List[str]:
        """The column labels of a yearly table; a list has one, which may be empty."""
        return list(dict.fromkeys(column for table, _, column, _, _ in self.cells if table == name))

    def grid(self, name: str) -> List[list]:
        """[label, value, ...] for each row of a yearly table."""
        rows: Dict[str, list] = {}
        for table, row, _, value, _ in self.cells:
            if table == name:
                rows.setdefault(row, [row]).append(value)
        return list(rows.values())


def add(values: list) -> Any:
    return "[x]" if "[x]" in values else sum(values)


def so_far(quarters: list, upto: int) -> list:
    """Quarters that have ended; the later ones are still blank."""
    return [value if i < upto else None for i, value in enumerate(quarters)]


# ---- cells and sheets ----------------------------------------------------------------

class Title(NamedTuple):
    """A bold cell, merged over a number of columns in a workbook."""
    text: str
    across: int = 1


class Formula(NamedTuple):
    sum_of: str
    value: int


class Sheet(NamedTuple):
    name: str
    rows: list


# ---- layouts: each returns rows (for a CSV) or sheets (for a workbook) -----------------

def idva_across(form: Form) -> list:
    """Labels across the top, numbers below, as in the report's chart; a second table stacked under it."""
    referrals = form.table("IDVA Referrals")
    return [[f"IDVA Service figures {form.title}"], [],
            ["IDVA Referrals"],
            [label for label, _ in referrals] + ["Total"],
            form.values("IDVA Referrals") + [add(form.values("IDVA Referrals"))],
            [], ["Engagement"], *form.table("Engagement"),
            [], ["Health, CYP, A8 and Stalking are specialist posts that take referrals at all risk levels."],
            [SPLIT_NOTE]]


def idva_down(form: Form) -> list:
    return [Sheet("Sheet1", [
        [Title(f"IDVA Service - {form.title}", 2)], [],
        [Title("IDVA Referrals")], *form.table("IDVA Referrals"),
        ["Total", add(form.values("IDVA Referrals"))],
        [], [Title("Engagement")], *form.table("Engagement"),
        [], [ILLUSTRATIVE_NOTE], [NOT_AVAILABLE_NOTE]])]


def marac(form: Form) -> list:
    return [Sheet("Sheet1", [
        [Title("Daily MARAC")], [form.title], [],
        *form.table("MARAC"),
        [], [SPLIT_NOTE]])]


def police_joined(form: Form) -> list:
    """Two tables that share their rows, a column each; the sheet's first column is left empty."""
    incidents, rates = form.table("Police DA Incidents"), form.table("DA Crime Rate")
    return [Sheet("DA", [
        [None, Title("Cambridgeshire Constabulary (including Peterborough)", 3)],
        [None, f"Domestic abuse data, {form.title}"], [],
        [None, None, Title("Police DA Incidents"), Title("DA Crime Rate")],
        *[[None, area, count, rate] for (area, count), (_, rate) in zip(incidents, rates)]])]


def police_side_by_side(form: Form) -> list:
    """Two tables with an empty column between. The Q4 workbook adds up with formulas."""
    names = ["Sexual Offence crimes", "Serious Sexual Offence crimes"]
    left, right = (form.table(name) for name in names)
    totals = [add(form.values(name)) for name in names]
    if form.quarter == 4:
        totals = [Formula("[.B4:.B5]", totals[0]), Formula("[.E4:.E5]", totals[1])]
    return [Sheet("Sexual offences", [
        [Title(f"Sexual violence data, {form.title}", 5)], [],
        [Title(names[0], 2), None, None, Title(names[1], 2)],
        *[a + [None] + b for a, b in zip(left, right)],
        ["Total", totals[0], None, "Total", totals[1]]])]


def panel_year(form: Form) -> list:
    """The report's own table, filled so far: the whole year in columns."""
    (_, _, counts, _), (_, _, rates, stated) = form.rows
    upto = form.quarter
    weighted = round(sum(n * r.whole for n, r in zip(counts[:upto], rates)) / sum(counts[:upto]))
    rate_total = stated if upto == 4 else Percent(weighted)  # the report prints 70%
    return [["Domestic Abuse Perpetrator Panel"], [],
            [form.year, *QUARTERS, "Total"],
            [form.rows[0][1], *so_far(counts, upto), sum(counts[:upto])],
            [form.rows[1][1], *so_far(rates, upto), rate_total]]


def cwa_sheets(form: Form) -> list:
    """A sheet for each table."""
    sheets = []
    for name in ["Refuge", "Outreach", "Ask Me"]:
        rows = [[Title(f"Cambridge Women’s Aid, {form.title}", 3)], [],
                [Title(name)], *form.table(name), [], [SPLIT_NOTE]]
        if name == "Refuge":
            rows.append(["Refuge occupancy is the year's figure."])
        sheets.append(Sheet(name, rows))
    return sheets


def refuge_stacked(form: Form) -> list:
    return [["Refuge"], [f"Fenland, Peterborough and Huntingdonshire - {form.title}"], [],
            ["Outreach"], *form.table("Outreach"), [],
            ["Refuges"], *form.table("Refuges"), [],
            [SPLIT_NOTE], ["Percentages are the year's figures."]]


def pwa_stacked(form: Form) -> list:
    people, *parts = form.table("Early intervention")
    return [[f"Peterborough Women’s Aid – {form.title}"], [],
            ["Refuge"], *form.table("Refuge"), [],
            ["Early intervention"], people, *parts, [],
            ["Outcomes"], *form.table("Outcomes"), [],
            ["Sample file: each quarter is an illustrative share of the year’s figure."]]


def hub_list(form: Form) -> list:
    return [["Victim and Witness Hub"], [form.title], [],
            ["Measure", "Number"], *form.table("Support"), [],
            [SPLIT_NOTE], ["Care coordinators: snapshot."]]


def isva(form: Form) -> list:
    return [Sheet("ISVA", [
        [Title("ISVA Service", 2)], [form.title], [],
        [Title("Number of new referrals"), Title(f"Q{form.quarter}")],
        *form.table("Number of new referrals"),
        [], [SPLIT_NOTE]])]


def helpline_long(form: Form) -> list:
    notes = {"Total number of active volunteers": "Snapshot"}
    return [["measure", "value", "note"],
            *[[label, value, notes.get(label, "Sample: illustrative share of the year")]
              for label, value in form.table("Helpline")]]


def sarc_list(form: Form) -> list:
    """Nothing but labels and numbers."""
    return form.table("SARC")


def sarc_two_years(form: Form) -> list:
    """Years above quarters, as the report prints it; filled so far."""
    before = FIGURES[form.return_id, "2018-19"]
    return [Sheet("SARC", [
        [Title("The Elms Sexual Assault Referral Centre", 9)], [],
        [None, Title("2018-19", 4), None, None, None, Title("2019-20", 4)],
        [None, *[Title(q) for q in QUARTERS * 2]],
        *[[label, *old[2], *so_far(new, form.quarter)]
          for (_, label, new, _), old in zip(form.rows, before)]])]


def mash_cambs(form: Form) -> list:
    """A list, and below it two tables joined: rows Yes, No, Total."""
    da, sv = (f"{kind} cases: Care Act criteria met" for kind in ("DA", "SV"))
    note = NOT_AVAILABLE_NOTE if form.year == "2018-19" else CARE_ACT_NOTE
    return [Sheet("AS MASH", [
        [Title("Adult Safeguarding MASH, Cambridgeshire", 3)], [form.title], [],
        *form.table("AS MASH"), [],
        [None, Title(da), Title(sv)],
        *[[label, x, y] for (label, x), (_, y) in zip(form.table(da), form.table(sv))],
        ["Total", add(form.values(da)), add(form.values(sv))],
        [], [note]])]


def mash_pboro(form: Form) -> list:
    """Yes and No across the top, with a Total column, under each list."""
    rows = [["Adult Safeguarding MASH, Peterborough"], [form.title], [], *form.table("AS MASH")]
    for kind in ("DA", "SV"):
        name = f"{kind} cases: Care Act criteria met"
        values = form.values(name)
        rows += [[], [name], ["Yes", "No", "Total"], [*values, add(values)]]
    note = NOT_AVAILABLE_NOTE if form.year == "2018-19" else CARE_ACT_NOTE
    return rows + [[], [note]]


def cada(form: Form) -> list:
    return [[f"CADA {form.year}"], [], *form.table("CADA"),
            ["Total", add(form.values("CADA"))], [],
            ["The target set in the grant agreement is 900."]]


def vawg(form: Form) -> list:
    return [Sheet("VAWG", [
        [Title("VAWG Prevention and Intervention Project", 2)], [f"Year {form.year}"], [],
        *form.table("VAWG"), [],
        ["Figures are over the entire time period of the project."]])]


def feedback_turned(form: Form) -> list:
    """Questions across, answers down, as the report's chart lists them; one cell is blank there."""
    return [[f"IDVA Client Feedback {form.year}"], [],
            [None, *form.columns("IDVA Client Feedback")],
            *form.grid("IDVA Client Feedback")]


def refuge_chart(form: Form) -> list:
    """The sheet behind the report's chart, with the columns that a word processor puts there."""
    name = "Women leaving the refuge felt"
    return [Sheet("Sheet1", [
        [Title(name, 4)], [],
        [None, *form.columns(name), "Column1", "Column2"],
        *form.grid(name)])]


def courses(form: Form) -> list:
    """The report's own table, with its asterisk and the note that goes with it."""
    return [Sheet("Courses", [
        [Title("April 2019 – March 2020 Statistics", 5)],
        [Title("Course"), *map(Title, form.columns("Course"))],
        *form.grid("Course"),
        ["*referral numbers indicate number of referrals received prior to courses that were planned/run;"
         " they do not include recent referrals"]])]


def social_care(form: Form) -> list:
    referrals, again = form.table("Referrals"), form.table("Re-referrals")
    return [["Child Safeguarding Domestic Abuse data"], [form.title], [],
            [None, "Referrals", "Re-referrals"],
            *[[area, x, y] for (area, x), (_, y) in zip(referrals, again)],
            [], ["Changes in recording: not comparable with earlier years."], [NOT_AVAILABLE_NOTE]]


def dhr(form: Form) -> list:
    return [Sheet("DHR", [
        [Title("Domestic Homicide Reviews", 2)], [f"Year {form.year}"], [],
        *form.grid("Domestic Homicide Reviews"), [],
        ["In progress: at the end of the year."]])]


def whole_housing(form: Form) -> list:
    return [["Whole Housing Approach Project"], ["April 2019 to March 2020"], [],
            *form.grid("Whole Housing Approach Project"), [],
            ["Survivors and flexible funding: all three project sites. Sanctuary Schemes: Cambridgeshire and Stockton."]]


def isva_clients(form: Form) -> list:
    """The report's four tables, one below the other; where it leaves a cell blank, so does the sheet."""
    rows = [[Title("ISVA Service", 4)], [], *form.grid("Clients")]
    for name in ["Support type", "Age at time of referral", "Outcomes Indicators framework"]:
        rows += [[], [Title(name), *map(Title, form.columns(name))], *form.grid(name)]
    return [Sheet("ISVA", rows)]


def sarac(form: Form) -> list:
    return [Sheet("SARAC", [
        [Title("SARAC")], [form.title], [],
        *form.table("SARAC"),
        [], [SPLIT_NOTE]])]


def training_list(form: Form) -> list:
    return [[f"LGSS DA Training attendance {form.year}"], [],
            ["Course", *form.columns("LGSS DA Training attendance")],
            *form.grid("LGSS DA Training attendance")]


def training_courses(form: Form) -> list:
    name = "Safeguarding Boards DA Training attendance"
    return [Sheet("Training", [
        [Title(f"{name} {form.year}", 3)], [],
        [Title("Course"), *map(Title, form.columns(name))],
        *form.grid(name), [],
        ["Forced Marriage / HBV and FGM are joint children's / Adults courses."]])]


def champions(form: Form) -> list:
    return [["DASV Champions Network"], [f"Year {form.year}"], [], *form.grid("Champions")]


def stated(form: Form) -> list:
    """Two lists with the same labels in both, told apart by their titles; notes beside the second."""
    notes = [note for table, _, _, _, note in form.cells if table == "Sections of the report"]
    return [["Cambridgeshire and Peterborough DASV Partnership Annual Report"], [],
            [f"Key Headlines {form.year}", "Number"], *form.grid("Key Headlines"), [],
            ["Sections of the report", "Number", "Note"],
            *[[*row, note] for row, note in zip(form.grid("Sections of the report"), notes)]]


# ---- what is sent: return, year, layout, file name, and for a CSV how it is saved ------

class Csv(NamedTuple):
    separator: str = ","
    encoding: str = "utf-8"
    thousands: str = ""


XLSX = None
SENT = [
    ("idva-service/idva", "2018-19", idva_down, "IDVA figures 2018-19 {q}.xlsx", XLSX),
    ("idva-service/idva", "2019-20", idva_across, "IDVA figures {q} 2019-20.csv", Csv(encoding="utf-8-sig")),
    ("idva-service/marac", "2019-20", marac, "MARAC {q} 19-20.xlsx", XLSX),
    ("constabulary/domestic-abuse", "2019-20", police_joined, "DA stats {q}.xlsx", XLSX),
    ("constabulary/sexual-offences", "2019-20", police_side_by_side, "Sexual offences {q} 2019-20.xlsx", XLSX),
    ("constabulary/perpetrator-panel", "2019-20", panel_year, "Perpetrator Panel to end of {q}.csv", Csv()),
    ("cambridge-womens-aid/services", "2019-20", cwa_sheets, "CWA return {q} 2019-20.xlsx", XLSX),
    ("refuge/services", "2019-20", refuge_stacked, "refuge_services_2019-20_{q}.csv", Csv(separator=";")),
    ("peterborough-womens-aid/services", "2019-20", pwa_stacked, "PWA {q} return.csv", Csv(encoding="cp1252")),
    ("victim-witness-hub/support", "2019-20", hub_list, "Victim & Witness Hub {q}.csv", Csv(separator="\t")),
    ("rape-crisis/referrals", "2019-20", isva, "ISVA referrals {q}.xlsx", XLSX),
    ("rape-crisis/helpline", "2019-20", helpline_long, "helpline-2019-20-{q}.csv", Csv(thousands=",")),
    ("elms-sarc/referrals", "2018-19", sarc_list, "SARC {q}.csv", Csv()),
    ("elms-sarc/referrals", "2019-20", sarc_two_years, "SARC referrals {q} with last year.xlsx", XLSX),
    ("adult-safeguarding-cambridgeshire/mash", "2018-19", mash_cambs, "AS MASH Cambs {q} 2018-19.xlsx", XLSX),
    ("adult-safeguarding-cambridgeshire/mash", "2019-20", mash_cambs, "AS MASH Cambs {q} 2019-20.xlsx", XLSX),
    ("adult-safeguarding-peterborough/mash", "2018-19", mash_pboro, "Pboro AS MASH {q} 2018-19.csv", Csv()),
    ("adult-safeguarding-peterborough/mash", "2019-20", mash_pboro, "Pboro AS MASH {q} 2019-20.csv", Csv()),
    ("cada/support", "2019-20", cada, "CADA year end 2019-20.csv", Csv(thousands=",")),
    ("vawg-project/support", "2019-20", vawg, "VAWG project 2019-20.xlsx", XLSX),
    ("idva-service/feedback", "2019-20", feedback_turned, "IDVA client feedback 2019-20.csv", Csv()),
    ("refuge/outcomes", "2019-20", refuge_chart, "Women leaving the refuge 2019-20.xlsx", XLSX),
    ("early-help/courses", "2019-20", courses, "Early Help courses 2019-20.xlsx", XLSX),
    ("childrens-social-care/referrals", "2019-20", social_care, "CSC DA referrals {q} 2019-20.csv", Csv()),
    ("community-safety/dhr", "2019-20", dhr, "DHRs 2019-20.xlsx", XLSX),
    ("whole-housing/outputs", "2019-20", whole_housing, "WHA outputs 2019-20.csv", Csv(encoding="cp1252", thousands=",")),
    ("rape-crisis/clients", "2019-20", isva_clients, "ISVA clients 2019-20.xlsx", XLSX),
    ("sarac/cases", "2019-20", sarac, "SARAC {q} 2019-20.xlsx", XLSX),
    ("training-lgss/attendance", "2019-20", training_list, "LGSS training 2019-20.csv", Csv(separator=";")),
    ("training-safeguarding-boards/attendance", "2019-20", training_courses, "Safeguarding Boards training 2019-20.xlsx", XLSX),
    ("champions/network", "2019-20", champions, "Champions 2019-20.csv", Csv()),
    ("partnership/stated-figures", "2019-20", stated, "Annual report 2019-20 stated figures.csv", Csv(encoding="utf-8-sig", thousands=",")),
]


# ---- writing -------------------------------------------------------------------------

def csv_text(cell: Any, thousands: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Percent):
        return f"{cell.whole}%"
    return f"{cell:{thousands}}" if isinstance(cell, int) else str(cell)


def write_csv(path: Path, rows: list, how: Csv) -> None:
    """As a spreadsheet saves it: every row as wide as the widest, lines ending in CR LF."""
    width = max(len(row) for row in rows)
    with open(path, "w", encoding=how.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=how.separator, lineterminator="\r\n")
        for row in rows:
            writer.writerow([csv_text(cell, how.thousands) for cell in row] + [""] * (width - len(row)))


FODS_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">
<office:automatic-styles>
<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:percentage-style style:name="N2"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<style:style style:name="count" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="title" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="6cm"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
"""


def fods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Percent):
        return f'<table:table-cell table:style-name="percent" office:value-type="percentage" office:value="{cell.whole / 100}"/>'
    if isinstance(cell, Formula):
        return (f'<table:table-cell table:style-name="count" table:formula="of:=SUM({cell.sum_of})"'
                f' office:value-type="float" office:value="{cell.value}"/>')
    if isinstance(cell, int):
        return f'<table:table-cell table:style-name="count" office:value-type="float" office:value="{cell}"/>'
    title = isinstance(cell, Title)
    style = ' table:style-name="title"' if title else ""
    if title and cell.across > 1:
        style += f' table:number-columns-spanned="{cell.across}" table:number-rows-spanned="1"'
    text = cell.text if title else cell
    return f'<table:table-cell{style} office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def fods(sheets: List[Sheet]) -> str:
    parts = [FODS_HEAD]
    for sheet in sheets:
        width = max(len(row) for row in sheet.rows)
        parts.append(f'<table:table table:name={quoteattr(sheet.name)}>'
                     f'<table:table-column table:style-name="wide" table:number-columns-repeated="{width}"/>\n')
        for row in sheet.rows:
            parts.append("<table:table-row>" + ("".join(map(fods_cell, row)) or fods_cell(None)) + "</table:table-row>\n")
        parts.append("</table:table>\n")
    return "".join(parts) + "</office:spreadsheet></office:body></office:document>\n"


def parts_of(path: Path) -> Dict[str, bytes]:
    """What a workbook holds, without the properties that carry the time it was saved."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if not name.startswith("docProps/")}


def write_workbooks(workbooks: List[Tuple[Path, List[Sheet]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        sources = []
        for i, (_, sheets) in enumerate(workbooks):
            source = work / f"{i:03}.fods"
            source.write_text(fods(sheets), encoding="utf-8")
            sources.append(str(source))
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation={(work / 'profile').as_uri()}",
             "--convert-to", "xlsx", "--outdir", str(work), *sources],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for i, (path, _) in enumerate(workbooks):
            made = work / f"{i:03}.xlsx"
            if not path.exists() or parts_of(path) != parts_of(made):
                path.write_bytes(made.read_bytes())


def main() -> None:
    workbooks = []
    written = 0
    for return_id, year, layout, name, how in SENT:
        yearly = "{q}" not in name
        for quarter in [0] if yearly else [1, 2, 3, 4]:
            form = Form(return_id, year, quarter)
            path = HERE / return_id / form.period / name.format(q=f"Q{quarter}")
            path.parent.mkdir(parents=True, exist_ok=True)
            written += 1
            if how is XLSX:
                workbooks.append((path, layout(form)))
            else:
                write_csv(path, layout(form), how)
    write_workbooks(workbooks)
    print(f"{written} files, {len(workbooks)} of them workbooks")


if __name__ == "__main__":
    main()
