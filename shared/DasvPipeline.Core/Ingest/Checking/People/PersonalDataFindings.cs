using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Creates the findings about personal data: the kind, the cells, and how to correct them. They never quote the cells.</summary>
internal static class PersonalDataFindings
{
    private const int ListedCells = 200;
    private const int ListedColumns = 6;

    /// <summary>Returns the findings of one sheet.</summary>
    /// <param name="name">The name of the sheet, if it can be shown.</param>
    /// <param name="areComments">True if the data was found in the comments on the cells.</param>
    public static IEnumerable<Finding> Create(FoundPersonalData found, string? name, bool areComments = false)
    {
        foreach (var (kind, cells) in found.ByKind())
        {
            var (one, many, advice) = Words(kind, cells.Count == 1);
            var others = cells.Count - 1;
            var contains = others == 0
                ? $"{(areComments ? "The comment on this cell" : "This cell")} contains what looks like {one}."
                : $"{(areComments ? "The comments on this cell" : "This cell")} and {Plural.Format(others, "other")} in {ColumnsOf(cells)} contain what look like {many}.";
            yield return At(Codes.PersonalData, $"{contains} {advice} {NotUsed(others == 0)}", name, cells);
        }

        if (found.LikelyNames.Count > 0)
        {
            var isOne = found.LikelyNames.Count == 1;
            var first = RefOf(name, found.LikelyNames[0]);
            var where = isOne ? first.Address : FormattableString.Invariant($"{first.Address} and {found.LikelyNames.Count - 1} more");
            var message = $"Does {(areComments ? "the comment on " : string.Empty)}{where} name a person? If so, delete the name and send the file again. If not, say what it is.";
            yield return At(Codes.PossibleName, message, name, found.LikelyNames) with { Severity = Severity.Query };
        }

        if (found.Records.Count > 0)
        {
            var (line, lines) = found.AreRecordsColumns ? ("column", "columns") : ("row", "rows");
            var others = found.Records.Count - 1;
            var looks = others == 0 ? $"This {line} looks" : string.Create(CultureInfo.InvariantCulture, $"This {line} and {others:#,0} more look");
            yield return At(
                Codes.RowPerPerson,
                $"{looks} like one person or one case each. A return says how many there were, and nothing about any of them. "
                + $"Delete these {lines}, put the counts in the form's tables, and send the file again. {NotUsed(false)}",
                name,
                found.Records);
        }
    }

    /// <summary>Returns the findings about the texts outside the cells: one for each kind of data and place.</summary>
    public static IEnumerable<Finding> Create(TextPlace place, IReadOnlyList<FoundPersonalData> found)
    {
        var (where, advice) = Words(place);
        var kinds = found.SelectMany(texts => texts.ByKind()).Select(kind => Words(kind.Kind, true).One).ToList();
        if (found.Any(texts => texts.Records.Count > 0))
        {
            kinds.Add("a list of people or cases");
        }

        if (found.Any(texts => texts.LikelyNames.Count > 0) && place is TextPlace.Drawing or TextPlace.HeaderOrFooter or TextPlace.EmbeddedFile or TextPlace.UnusedText)
        {
            yield return Finding.Query(Codes.PossibleName, null, $"Does {char.ToLowerInvariant(where[0])}{where[1..]} name a person? If so, delete the name and send the file again. If not, say what it is.");
        }

        if (place == TextPlace.HeaderOrFooter && kinds.Remove(Words(PersonalKind.Postcode, true).One))
        {
            yield return Finding.Note(Codes.OfficePostcode, null, "A page header or footer has a postcode. We took it for that of your office. We have not kept it.");
        }

        foreach (var finding in kinds.Distinct().Select(kind => Finding.Error(
            Codes.PersonalData,
            null,
            $"{where} contains what looks like {kind}. {advice} Then send the file again. We have not used any figure from this file, or repeated the text.")))
        {
            yield return finding;
        }
    }

    private static (string Where, string Advice) Words(TextPlace place) => place switch
    {
        TextPlace.HeaderOrFooter => ("A page header or footer", "Delete it in the page setup."),
        TextPlace.Drawing => ("A text box, a shape or a chart", "Delete it, also on hidden sheets."),
        TextPlace.Property => ("A property of the file, such as its title or keywords,", "Delete it: in Excel, choose File, then Info."),
        TextPlace.DefinedName => ("A defined name", "Delete it: in Excel, choose Formulas, then Name Manager."),
        TextPlace.DropDownList => ("A drop-down list, or the message of a cell,", "Delete it: in Excel, choose Data, then Data Validation."),
        TextPlace.Hyperlink => ("A link", "Remove the link."),
        TextPlace.PivotTable => ("The data that is stored for a pivot table", "Copy only its figures to a new file."),
        TextPlace.LinkedWorkbook => ("The data that is stored for a link to another file", "Break the link: in Excel, choose Data, then Edit Links."),
        TextPlace.EmbeddedFile => ("A file that was inserted into the workbook", "Delete it, also on hidden sheets."),
        TextPlace.UnusedText => ("A text that was deleted from a cell, but is still in the file,", "Save the workbook again in Excel or LibreOffice, which removes it."),
        TextPlace.NumberFormat => ("A number format", "Choose another format for the cells."),
        _ => ("A part of the file that is not shown", "Copy only the figures to a new file."),
    };

    public static Finding CreateForFileName(PersonalKind kind) => Finding.Error(
        Codes.PersonalData,
        null,
        $"The name of the file contains what looks like {Words(kind, true).One}. Rename the file, and send it again. We have not used any figure from this file, or repeated the name.");

    public static Finding CreateForSheetName(PersonalKind kind, int number)
    {
        var (one, _, _) = Words(kind, true);
        return Finding.Error(
            Codes.PersonalData,
            null,
            FormattableString.Invariant($"The name of sheet {number} of the workbook contains what looks like {one}. Rename the sheet, and send the file again. We have not used any figure from this file, or repeated the name."));
    }

    private static Finding At(string code, string message, string? sheet, IReadOnlyCollection<(int Row, int Column)> cells) =>
        Finding.Error(code, RefOf(sheet, cells.First()), message) with { OtherCells = [.. cells.Skip(1).Take(ListedCells).Select(cell => RefOf(sheet, cell))] };

    private static CellRef RefOf(string? sheet, (int Row, int Column) cell) => new(sheet, cell.Row, cell.Column);

    private static (string One, string Many, string Advice) Words(PersonalKind kind, bool isOne)
    {
        var them = isOne ? "it" : "them";
        return kind switch
        {
            PersonalKind.NhsNumber => (
                "an NHS number", "NHS numbers", $"A return contains figures only. Delete {them}, and send the file again."),
            PersonalKind.NationalInsuranceNumber => (
                "a National Insurance number", "National Insurance numbers", $"A return contains figures only. Delete {them}, and send the file again."),
            PersonalKind.Postcode => (
                "a full postcode", "full postcodes", $"A full postcode can lead to one home. Delete {them} with the address, even if it is an office's, or keep only the first half, such as CB2. Then send the file again."),
            PersonalKind.EmailAddress => (
                "an e-mail address", "e-mail addresses", $"Delete {them}, even if this is only a contact, and send the file again."),
            PersonalKind.Telephone => (
                "a telephone number", "telephone numbers", $"Delete {them}, even if this is an office or a helpline, and send the file again."),
            PersonalKind.BirthDate => (
                "a date of birth", "dates of birth", $"Delete {them}, and send the file again. If we need ages, the form asks how many people of each age there were."),
            _ => (
                "a person's name", "people's names", $"Delete {them}, and send the file again. If this is not a person's name, use a clearer heading, for example Course name."),
        };
    }

    private static string NotUsed(bool isOne) => $"We have not used any figure from this file, or repeated what {(isOne ? "the cell says" : "these cells say")}.";

    /// <summary>Lists columns: "column C", "columns C, D and F", "columns C, D, E, F, G, H and 3 more".</summary>
    private static string ColumnsOf(IEnumerable<(int Row, int Column)> cells)
    {
        var columns = cells.Select(cell => cell.Column).Distinct().Order().Select(CellRef.ColumnName).ToList();
        return columns.Count == 1 ? $"column {columns[0]}"
            : columns.Count <= ListedColumns ? $"columns {string.Join(", ", columns.SkipLast(1))} and {columns[^1]}"
            : FormattableString.Invariant($"columns {string.Join(", ", columns.Take(ListedColumns))} and {columns.Count - ListedColumns} more");
    }
}
