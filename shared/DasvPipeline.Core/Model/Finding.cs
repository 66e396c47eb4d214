using System.Globalization;

namespace DasvPipeline.Core.Model;

public enum Severity
{
    /// <summary>For information.</summary>
    Note,

    /// <summary>Accepted, but must be corrected or explained.</summary>
    Query,

    /// <summary>The submission is rejected; the last accepted one stays live.</summary>
    Error,
}

/// <summary>A cell as the agency sees it. Row and column count from 1; a CSV file has no sheet name.</summary>
public readonly record struct CellRef(string? Sheet, int Row, int Column)
{
    /// <summary>"C14"</summary>
    public string Address => ColumnName(Column) + Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>"A" to "XFD"</summary>
    public static string ColumnName(int column)
    {
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (; column > 0; column = (column - 1) / 26)
        {
            letters[--at] = (char)('A' + (column - 1) % 26);
        }

        return new string(letters[at..]);
    }

    public override string ToString() => Sheet is null ? Address : $"{Sheet}!{Address}";
}

/// <summary>
/// Something wrong or doubtful in a submission, in words for the agency's data officer.
/// It is data and never an exception; its code never changes meaning.
/// </summary>
public sealed record Finding(Severity Severity, string Code, CellRef? Cell, string Message)
{
    public static Finding Error(string code, CellRef? cell, string message) => new(Severity.Error, code, cell, message);

    public static Finding Query(string code, CellRef? cell, string message) => new(Severity.Query, code, cell, message);

    public static Finding Note(string code, CellRef? cell, string message) => new(Severity.Note, code, cell, message);
}

/// <summary>Every code a finding can have.</summary>
public static class Codes
{
    // the file as a whole
    public const string UnknownPlace = "unknown-place";
    public const string PeriodNotOwed = "period-not-owed";
    public const string PeriodNotOver = "period-not-over";
    public const string Empty = "empty-file";
    public const string TooLarge = "too-large";
    public const string NotASpreadsheet = "not-a-spreadsheet";
    public const string PasswordProtected = "password-protected";
    public const string Macros = "macros";
    public const string Damaged = "damaged";
    public const string ExpandsTooMuch = "expands-too-much";
    public const string UnsafeXml = "unsafe-xml";
    public const string Encoding = "encoding";
    public const string UnclosedQuote = "unclosed-quote";
    public const string TooManyCells = "too-many-cells";
    public const string ReadAsOtherFormat = "read-as-other-format";
    public const string LinksIgnored = "links-ignored";
    public const string WrongForm = "wrong-form";
    public const string OlderForm = "older-form";
    public const string AlreadyReceived = "already-received";

    // tables
    public const string NoFigures = "no-figures";
    public const string TableNotFound = "table-not-found";
    public const string TableTwice = "table-twice";
    public const string UnknownLabel = "unknown-label";
    public const string MissingLabel = "missing-label";
    public const string SameRowTwice = "same-row-twice";
    public const string NotRead = "figure-not-read";
    public const string HiddenFigures = "hidden-figures";

    // cells
    public const string NotANumber = "not-a-number";
    public const string ErrorValue = "error-value";
    public const string FormulaWithoutValue = "formula-without-value";
    public const string FormulaValueUsed = "formula-value-used";
    public const string Negative = "negative";
    public const string NotWhole = "not-whole";
    public const string OverOneHundredPercent = "over-100-percent";
    public const string TooBig = "too-big";
    public const string Blank = "blank";
    public const string TotalDiffers = "total-differs";
    public const string OtherPeriodDiffers = "other-period-differs";
    public const string ReadAs = "read-as";
}
