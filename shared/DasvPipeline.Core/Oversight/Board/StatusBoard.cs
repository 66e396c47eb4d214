using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>Every return of a year, with its state.</summary>
/// <param name="Release">The number of the published release; 0 before the first.</param>
public sealed record StatusBoard(string Year, string Label, int Release, IReadOnlyList<BoardRow> Returns)
{
    /// <summary>The rejected files with personal data that nobody has deleted, for any year.</summary>
    public IReadOnlyList<BoardFile> FilesWithPeople { get; init; } = [];

    /// <summary>What agencies still have to send for earlier years.</summary>
    public IReadOnlyList<BoardRow> Earlier { get; init; } = [];

    /// <summary>The returns of the year before, to compare with; empty if they were not asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<BoardRow> LastYear { get; init; } = [];

    private static readonly string[] Header =
    [
        "Agency", "Agency name", "Return", "Title", "Period", "State", "Due", "Received", "Latest version", "Live version", "Errors", "Queries", "Explained", "Notes", "Figures", "Missing", "Expected", "Extended to", "Waived because",
    ];

    public byte[] ToCsv() => CsvExport.Write(Header, Returns.Select(row => new[]
    {
        row.Agency,
        row.AgencyName,
        row.Return,
        row.Title,
        row.Period,
        row.State,
        CsvExport.Format(row.Due),
        CsvExport.Format(row.Received),
        CsvExport.Format(row.LatestVersion),
        CsvExport.Format(row.LiveVersion),
        CsvExport.Format(row.Errors),
        CsvExport.Format(row.Queries),
        CsvExport.Format(row.Explained),
        CsvExport.Format(row.Notes),
        CsvExport.Format(row.Figures),
        CsvExport.Format(row.Missing),
        CsvExport.Format(row.Arranged?.Expected),
        CsvExport.Format(row.Arranged?.ExtendedTo),
        row.Arranged?.WaiverReason ?? string.Empty,
    }));
}

/// <summary>A stored file with personal data.</summary>
public sealed record BoardFile(string Agency, string AgencyName, string Return, string Title, string Period, int Version)
{
    internal static BoardFile Create(PartnershipCatalogue catalogue, FileWithPeople file) => new(
        file.Key.Return.Agency.Value,
        catalogue.GetAgencyName(file.Key.Return.Agency),
        file.Key.Return.ToString(),
        catalogue.FindFormOrNewest(file.Key)?.Title ?? file.Key.Return.Name,
        file.Key.Period.ToString(),
        file.Version);
}

/// <summary>The names of the states of a return, in the usual order.</summary>
public static class BoardStates
{
    public const string NotDue = "not-due";
    public const string Due = "due";
    public const string Overdue = "overdue";
    public const string Received = "received";
    public const string Accepted = "accepted";
    public const string AcceptedWithQueries = "accepted-with-queries";
    public const string Rejected = "rejected";
    public const string Explained = "explained";
    public const string Withdrawn = "withdrawn";
    public const string Undecided = "undecided";

    /// <summary>The manager does not ask for the return, and it has not come.</summary>
    public const string Waived = "waived";

    public static IReadOnlyList<string> All { get; } = [NotDue, Due, Overdue, Received, Accepted, AcceptedWithQueries, Rejected, Explained, Withdrawn, Undecided, Waived];

    /// <summary>The states, most urgent first.</summary>
    public static IReadOnlyList<string> MostUrgentFirst { get; } = [Overdue, Rejected, Withdrawn, Undecided, AcceptedWithQueries, Due, Received, Explained, Accepted, NotDue, Waived];

    /// <summary>Returns the place of a state in <see cref="MostUrgentFirst"/>: 0 is the most urgent.</summary>
    public static int GetUrgency(string state) => MostUrgentFirst.TakeWhile(known => known != state).Count();

    internal static string FromLedger(LedgerState? state) => state switch
    {
        LedgerState.Due => Due,
        LedgerState.Overdue => Overdue,
        LedgerState.Accepted => Accepted,
        LedgerState.AcceptedWithQueries => AcceptedWithQueries,
        LedgerState.Explained => Explained,
        LedgerState.Rejected => Rejected,
        LedgerState.Withdrawn => Withdrawn,
        LedgerState.Undecided => Undecided,
        _ => NotDue,
    };
}

/// <summary>The state of one return for one period.</summary>
/// <param name="State">
/// One of <see cref="BoardStates"/>: received while a file is waiting or being processed, or else the state of the newest
/// submission.
/// </param>
/// <param name="Received">The upload time of the file that <paramref name="State"/> refers to; null if there is no file.</param>
/// <param name="LiveVersion">The version whose figures are used; null if no version is live.</param>
/// <param name="Missing">The number of figures that the form asks for and an accepted file lacks. [x] is a figure.</param>
public sealed record BoardRow(
    string Agency,
    string AgencyName,
    string Return,
    string Title,
    string Period,
    string State,
    DateOnly Due,
    DateTimeOffset? Received,
    int LatestVersion,
    int? LiveVersion,
    int Errors,
    int Queries,
    int Explained,
    int Notes,
    int Figures,
    int Missing)
{
    /// <summary>The upload time of its first file; null if none has come. Of a row that was written without it, that of the newest.</summary>
    [JsonIgnore]
    public DateTimeOffset? FirstReceived { get; init; }

    /// <summary>What was arranged about the return; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BoardArrangement? Arranged { get; init; }

    internal static BoardRow Create(PartnershipCatalogue catalogue, Form form, ReturnKey key, LedgerRow? row, WaitingUpload? unread, DateOnly today) => new(
        key.Return.Agency.Value,
        catalogue.GetAgencyName(key.Return.Agency),
        key.Return.ToString(),
        form.Title,
        key.Period.ToString(),
        StateOf(form, key.Period, row, unread, today),
        DueOf(form, key.Period, row),
        IsUnread(row, unread) ? unread!.UploadedAt : row?.Received,
        row?.LatestVersion ?? 0,
        row?.LiveVersion,
        row?.Counts.Errors ?? 0,
        row?.Counts.Queries ?? 0,
        row?.Counts.Explained ?? 0,
        row?.Counts.Notes ?? 0,
        row?.Counts.Observations ?? 0,
        row is { State: LedgerState.Accepted or LedgerState.AcceptedWithQueries or LedgerState.Explained }
            ? Math.Max(0, form.GetRequestedCells(key.Period).Length - row.Counts.Observations)
            : 0)
    {
        FirstReceived = row?.FirstReceived ?? row?.Received,
        Arranged = BoardArrangement.Create(row?.Arrangement ?? Arrangement.None),
    };

    private static DateOnly DueOf(Form form, Period period, LedgerRow? row) => (row?.Arrangement ?? Arrangement.None).GetDueDate(form, period);

    /// <summary>Returns the state on a day of a return that has not been sent; null until its period has ended.</summary>
    internal static LedgerState? GetUnsentState(Form form, Period period, LedgerRow? row, DateOnly today) =>
        today <= period.End ? null : today <= DueOf(form, period, row) ? LedgerState.Due : LedgerState.Overdue;

    private static string StateOf(Form form, Period period, LedgerRow? row, WaitingUpload? unread, DateOnly today) =>
        IsUnread(row, unread) ? BoardStates.Received
        : row is { LatestVersion: > 0 } or { State: LedgerState.Withdrawn } ? BoardStates.FromLedger(row.State)
        : row is { Arrangement.IsWaived: true } ? BoardStates.Waived
        : BoardStates.FromLedger(GetUnsentState(form, period, row, today));

    /// <summary>Returns true if an unprocessed file is newer than the newest processed submission.</summary>
    private static bool IsUnread(LedgerRow? row, WaitingUpload? unread) => unread is not null && !(unread.Version <= row?.LatestVersion);
}

/// <summary>What the agency and the manager have arranged about a return.</summary>
/// <param name="Expected">The day on which the agency will send it late; null if it has not said so.</param>
/// <param name="ExtendedTo">The later due date that the manager has given; null for none.</param>
/// <param name="WaiverReason">The reason why it is not needed; null if it is.</param>
public sealed record BoardArrangement(DateOnly? Expected, string? LateReason, DateOnly? ExtendedTo, string? ExtensionReason, string? WaiverReason)
{
    internal static BoardArrangement? Create(Arrangement arrangement) => arrangement == Arrangement.None ? null
        : new(arrangement.Late?.Day, arrangement.Late?.Reason, arrangement.Extension?.Day, arrangement.Extension?.Reason, arrangement.Waiver?.Reason);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UkTimeConverter)])]
[JsonSerializable(typeof(StatusBoard))]
public sealed partial class BoardJson : JsonSerializerContext;
