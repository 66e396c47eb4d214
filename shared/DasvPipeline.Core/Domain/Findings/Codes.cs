namespace DasvPipeline.Core.Domain.Findings;

/// <summary>The codes of all findings. A code never changes its meaning.</summary>
public static class Codes
{
    // the file as a whole
    public const string UnknownPath = "unknown-place";
    public const string PeriodNotDue = "period-not-owed";
    public const string PeriodNotStarted = "period-not-started";
    public const string PeriodNotEnded = "period-not-ended";
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
    public const string QuotedLines = "quoted-lines";
    public const string TooManyCells = "too-many-cells";
    public const string ReadAsOtherFormat = "read-as-other-format";
    public const string LinksIgnored = "links-ignored";
    public const string EmbeddedFile = "embedded-file";
    public const string Pictures = "pictures";
    public const string WrongForm = "wrong-form";
    public const string OlderForm = "older-form";
    public const string FirstSheetOnly = "first-sheet-only";
    public const string AlreadyReceived = "already-received";
    public const string Corrected = "corrected";

    // people
    public const string PersonalData = "personal-data";
    public const string RowPerPerson = "row-per-person";
    public const string PossibleName = "possible-name";
    public const string OfficePostcode = "office-postcode";

    /// <summary>Returns true for the codes of findings that say that a file has personal data.</summary>
    public static bool IsAboutPeople(string code) => code is PersonalData or RowPerPerson;

    // tables
    public const string NoFigures = "no-figures";
    public const string TableNotFound = "table-not-found";
    public const string TableTwice = "table-twice";
    public const string AmbiguousColumns = "which-column";
    public const string UnknownLabel = "unknown-label";
    public const string UnknownHeading = "unknown-heading";
    public const string MissingLabel = "missing-label";
    public const string SameRowTwice = "same-row-twice";
    public const string FigureNotRead = "figure-not-read";
    public const string RaggedRows = "ragged-rows";
    public const string PeriodUnclear = "period-unclear";
    public const string MonthsAdded = "months-added";
    public const string MonthsOnly = "months-only";
    public const string OtherUnit = "other-unit";
    public const string Scaled = "scaled";
    public const string MergedCells = "merged-cells";
    public const string HiddenFigures = "hidden-figures";

    // cells
    public const string NotANumber = "not-a-number";
    public const string ErrorValue = "error-value";
    public const string FormulaWithoutValue = "formula-without-value";
    public const string FormulaValueUsed = "formula-value-used";
    public const string Superscript = "superscript";
    public const string StruckThrough = "struck-through";
    public const string Negative = "negative";
    public const string NotWhole = "not-whole";
    public const string OverOneHundredPercent = "over-100-percent";
    public const string TooBig = "too-big";
    public const string Blank = "blank";
    public const string Comment = "comment";
    public const string CommentDiffers = "comment-differs";
    public const string TotalDiffers = "total-differs";
    public const string OtherPeriodDiffers = "other-period-differs";
    public const string ReadAs = "read-as";
    public const string DashInText = "dash";
    public const string Flag = "flag";

    // comparisons between figures
    public const string Implausible = "implausible";
    public const string FarFromLastPeriod = "far-from-last-period";
    public const string FarFromLastYear = "far-from-last-year";
    public const string PartAboveWhole = "part-above-whole";
    public const string TablesDiffer = "tables-differ";
    public const string SameAsOtherPeriod = "same-as-other-period";
    public const string SameAsWhole = "same-as-whole";
    public const string ShiftedRows = "shifted-rows";
}
