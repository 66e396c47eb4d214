using System.Globalization;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Carries a finding out of the depths of a file that cannot be read further. It has to pass through the XML reader and
/// the inflater, which know only exceptions; whoever opened the file turns it back into data, and nobody else sees it.
/// </summary>
internal sealed class Refusal(Finding finding) : Exception(finding.Code)
{
    public Finding Finding { get; } = finding;
}

/// <summary>What a file that cannot be read, or is read with a remark, is told. One sentence for what is wrong, one for what to do.</summary>
internal static class FileFinding
{
    private const string SaveAgain = "Open your own copy in Excel or LibreOffice, save it again, and upload the new file.";
    private const string IsTheReturn = "Check that this is the return and not another file, and delete rows and sheets it does not need.";

    public static Finding Empty() => Error(Codes.Empty, "The file is empty. Check that you saved your figures, and upload the file again.");

    public static Finding TooLarge(long limit) =>
        Error(Codes.TooLarge, $"The file is larger than {limit / (1024 * 1024)} MB, which is the most that can be read. {IsTheReturn}");

    public static Finding NotASpreadsheet(string seemsToBe) =>
        Error(Codes.NotASpreadsheet, $"This is not a spreadsheet that can be read: it seems to be {seemsToBe}. Save it as .xlsx, .xls, .ods or .csv, and upload that file.");

    public static Finding PasswordProtected() =>
        Error(
            Codes.PasswordProtected,
            "The file is protected by a password, so it cannot be read. In Excel choose File, Info, Protect Workbook, Encrypt with Password, clear the password and save the file; in LibreOffice choose File, Save As, and untick Save with password. Then upload it again.");

    public static Finding Macros() =>
        Error(Codes.Macros, "The workbook contains macros, which are not accepted. In Excel or LibreOffice choose File, Save As, and a type of Excel workbook that ends in .xlsx, which leaves the macros out.");

    public static Finding TooOld() =>
        Error(Codes.NotASpreadsheet, "The workbook is in a format that Excel used before 1997, which cannot be read. Open it in Excel or LibreOffice, save it as .xlsx, and upload that file.");

    public static Finding Damaged(string what) => Error(Codes.Damaged, $"The file is damaged: {what}. {SaveAgain}");

    public static Finding ExpandsTooMuch(long limit) =>
        Error(Codes.ExpandsTooMuch, $"The file is far larger inside than it looks: opened up, it is more than {limit / (1024 * 1024)} MB, which is the most that can be read. {IsTheReturn}");

    public static Finding TooManyParts(int limit) =>
        Error(Codes.ExpandsTooMuch, string.Create(CultureInfo.InvariantCulture, $"The file is made of more than {limit:N0} parts, which is the most that can be read. {IsTheReturn}"));

    public static Finding UnsafeXml() =>
        Error(Codes.UnsafeXml, $"The workbook contains instructions that no spreadsheet needs and that are not safe to follow, so it was not read. {SaveAgain}");

    public static Finding TooMany(string what, int limit) =>
        Error(Codes.TooManyCells, string.Create(CultureInfo.InvariantCulture, $"The file has more than {limit:N0} {what}, which is the most that can be read. {IsTheReturn}"));

    public static Finding TooManyRows(string? sheet, int limit) => TooManyIn(sheet, "rows", limit);

    public static Finding TooManyColumns(string? sheet, int limit) => TooManyIn(sheet, "columns", limit);

    public static Finding Encoding(string what, long offset) =>
        Error(
            Codes.Encoding,
            string.Create(CultureInfo.InvariantCulture, $"The file's letters cannot be read with certainty: {what} (byte offset {offset}). In Excel choose File, Save As, and the type CSV UTF-8 (Comma delimited), and upload that file."));

    public static Finding UnclosedQuote(CellRef cell, int line) =>
        Finding.Error(
            Codes.UnclosedQuote,
            cell,
            string.Create(CultureInfo.InvariantCulture, $"A quotation mark opens on line {line:N0} and is never closed, so the rest of the file reads as one cell. Close it or delete it, and upload the file again."));

    public static Finding LinksIgnored() =>
        Finding.Note(Codes.LinksIgnored, null, "The workbook has links to other files or objects embedded in it. They were ignored: the figures were read as they were last saved.");

    public static Finding ReadAsOtherFormat(string endsIn, string isReally) =>
        Finding.Note(Codes.ReadAsOtherFormat, null, $"The file's name ends in {endsIn}, but it is really {isReally}. It was read as that.");

    private static Finding TooManyIn(string? sheet, string what, int limit)
    {
        // A file that cannot be read is not searched for people: what may be somebody's number or address is not said back.
        var place = sheet is null ? "The file"
            : sheet.Count(char.IsDigit) > 1 || sheet.Contains('@', StringComparison.Ordinal) ? "A sheet"
            : $"The sheet \"{string.Concat(sheet.Take(64).Select(c => char.IsControl(c) ? ' ' : c))}\"";
        return Error(Codes.TooManyCells, string.Create(CultureInfo.InvariantCulture, $"{place} has more than {limit:N0} {what}, which is the most that can be read. {IsTheReturn}"));
    }

    private static Finding Error(string code, string message) => Finding.Error(code, null, message);
}
