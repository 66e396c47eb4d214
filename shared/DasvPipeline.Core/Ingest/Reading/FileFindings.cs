using System.Globalization;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>Findings about a file as a whole. One sentence says what is wrong, and one says what to do.</summary>
internal static class FileFindings
{
    private const string SaveAgain = "Open your own copy in Excel or LibreOffice, save it again, and upload the new file.";
    private const int MaxSheetName = 64;
    private const string CheckFile = "Check that this is the right file, and delete rows and sheets it does not need.";

    public static Finding Empty() => Error(Codes.Empty, "The file is empty. Check that you saved your figures, and upload the file again.");

    public static Finding TooLarge(long limit) =>
        Error(Codes.TooLarge, $"The file is larger than {limit / (1024 * 1024)} MB, which is the most we can read. {CheckFile}");

    public static Finding NotASpreadsheet(string likelyType) =>
        Error(Codes.NotASpreadsheet, $"We cannot read this file as a spreadsheet. It seems to be {likelyType}. Save it as .xlsx, .xls, .ods or .csv, and upload that file.");

    public static Finding LockFile() =>
        Error(Codes.NotASpreadsheet, "This is not your workbook. It is a lock file, which Excel or LibreOffice keeps while the workbook is open. Close the workbook, and upload the file without ~ in its name.");

    /// <summary>Refuses a text file whose lines are whole in quotation marks.</summary>
    public static Finding QuotedLines(CellRef cell, int line) =>
        Finding.Error(
            Codes.QuotedLines,
            cell,
            string.Create(CultureInfo.InvariantCulture, $"Line {line:N0} is in quotation marks as a whole, and so are others. We then see one cell in place of a row. Open the file in Excel, use Data, Text to Columns, and save it again."));

    public static Finding PasswordProtected() =>
        Error(
            Codes.PasswordProtected,
            "We cannot read the file because it has a password. In Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the password and save the file. In LibreOffice, choose File, Save As, and untick Save with password. Then upload it again.");

    public static Finding Macros() =>
        Error(Codes.Macros, "The workbook contains macros, which we do not accept. In Excel or LibreOffice, choose File, Save As, and an Excel workbook type that ends in .xlsx. This removes the macros.");

    public static Finding TooOld() =>
        Error(Codes.NotASpreadsheet, "We cannot read this workbook, because its format is older than Excel 97. Open it in Excel or LibreOffice, save it as .xlsx, and upload that file.");

    public static Finding Damaged(string damage) => Error(Codes.Damaged, $"The file is damaged: {damage}. {SaveAgain}");

    public static Finding ExpandsTooMuch(long limit) =>
        Error(Codes.ExpandsTooMuch, $"The file is compressed, and its content is larger than {limit / (1024 * 1024)} MB, which is the most we can read. {CheckFile}");

    public static Finding TooManyParts(int limit) =>
        Error(Codes.ExpandsTooMuch, string.Create(CultureInfo.InvariantCulture, $"The file has more than {limit:N0} internal parts, which is the most we can read. {CheckFile}"));

    public static Finding UnsafeXml() =>
        Error(Codes.UnsafeXml, $"We did not read the workbook, because it contains instructions that are not safe. A spreadsheet does not need them. {SaveAgain}");

    public static Finding TooMany(string unit, int limit) =>
        Error(Codes.TooManyCells, string.Create(CultureInfo.InvariantCulture, $"The file has more than {limit:N0} {unit}, which is the most we can read. {CheckFile}"));

    /// <summary>Refuses a file because of a cell beyond the rows or columns that can be read.</summary>
    public static Finding FarCell(CellRef cell, ReadLimits limits)
    {
        // A file that cannot be read is not checked for personal data, so a name that may be a number or address is not repeated.
        var name = cell.Sheet is { } sheet && sheet.Count(char.IsDigit) <= 1 && !sheet.Contains('@', StringComparison.Ordinal)
            ? string.Concat(sheet.Take(MaxSheetName).Select(c => char.IsControl(c) ? ' ' : c))
            : null;
        var subject = name is not null ? $"The sheet \"{name}\"" : cell.Sheet is null ? "The file" : "A sheet";
        var (unit, limit) = cell.Column > limits.Columns ? ("columns", limits.Columns) : ("rows", limits.RowsPerSheet);
        return Finding.Error(
            Codes.TooManyCells,
            cell with { Sheet = name },
            string.Create(CultureInfo.InvariantCulture, $"{subject} has a filled cell at {cell.Address}, and we can read at most {limit:N0} {unit}. Clear the cell if it is not needed. {CheckFile}"));
    }

    public static Finding Encoding(string problem, long offset) =>
        Error(
            Codes.Encoding,
            string.Create(CultureInfo.InvariantCulture, $"We cannot be sure of all letters in the file: {problem} (byte offset {offset}). In Excel, choose File, Save As, and the type CSV UTF-8 (Comma delimited). Upload that file."));

    public static Finding UnclosedQuote(CellRef cell, int line) =>
        Finding.Error(
            Codes.UnclosedQuote,
            cell,
            string.Create(CultureInfo.InvariantCulture, $"A quotation mark on line {line:N0} has no closing mark, so the rest of the file becomes one cell. Close it or delete it, and upload the file again."));

    public static Finding LinksIgnored() =>
        Finding.Note(Codes.LinksIgnored, null, "The workbook has links to other files, or embedded objects. We ignored them and used the figures as they were last saved.");

    public static Finding EmbeddedFile() =>
        Finding.Query(Codes.EmbeddedFile, null, "The workbook contains another file that we cannot read, such as a document, an e-mail or a PDF. Does it name a person? If so, delete it and send the workbook again. If not, say what it is.");

    /// <summary>Says that pictures are not read. A small one is usually a logo; a large one can show a list of people.</summary>
    public static Finding Pictures(bool isLarge) => isLarge
        ? Finding.Query(Codes.Pictures, null, "The workbook has a large picture. We cannot read pictures. Does it show a person's name or details? If so, delete it and send the file again. If not, say what it shows.")
        : Finding.Note(Codes.Pictures, null, "The workbook has pictures, such as a logo. We cannot read pictures. If one shows a person's name or details, delete it and send the file again.");

    public static Finding ReadAsOtherFormat(string extension, string actualFormat) =>
        Finding.Note(Codes.ReadAsOtherFormat, null, $"The file's name ends in {extension}, but the file is {actualFormat}. We read it as that.");

    private static Finding Error(string code, string message) => Finding.Error(code, null, message);
}
