using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Oversee;

/// <summary>Every return of a year, and where it stands.</summary>
/// <param name="Release">The number of the release that is published; 0 before the first.</param>
public sealed record Board(string Year, string Label, int Release, IReadOnlyList<BoardRow> Returns);

/// <summary>Where one return for one period stands.</summary>
/// <param name="State">
/// not-due, due, overdue, accepted, accepted-with-queries, explained, rejected or withdrawn: of the newest submission where there is one.
/// </param>
/// <param name="LiveVersion">The version whose figures are in the headlines; null when none is.</param>
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
    int Figures)
{
    internal static BoardRow Of(PartnershipCatalogue catalogue, Form form, ReturnKey key, LedgerRow? row, DateOnly today) => new(
        key.Return.Agency.Value,
        catalogue.NameOf(key.Return.Agency),
        key.Return.ToString(),
        form.Title,
        key.Period.ToString(),
        row is { LatestVersion: > 0 } or { State: LedgerState.Withdrawn } ? StateOf(row.State) : StateOf(Owed(form, key.Period, today)),
        form.DueFor(key.Period),
        row?.Received,
        row?.LatestVersion ?? 0,
        row?.LiveVersion,
        row?.Counts.Errors ?? 0,
        row?.Counts.Queries ?? 0,
        row?.Counts.Explained ?? 0,
        row?.Counts.Notes ?? 0,
        row?.Counts.Observations ?? 0);

    /// <summary>How a return that has not been sent stands on a day; null while its period is not over.</summary>
    internal static LedgerState? Owed(Form form, Period period, DateOnly today) =>
        today <= period.End ? null : today <= form.DueFor(period) ? LedgerState.Due : LedgerState.Overdue;

    private static string StateOf(LedgerState? state) => state switch
    {
        LedgerState.Due => "due",
        LedgerState.Overdue => "overdue",
        LedgerState.Accepted => "accepted",
        LedgerState.AcceptedWithQueries => "accepted-with-queries",
        LedgerState.Explained => "explained",
        LedgerState.Rejected => "rejected",
        LedgerState.Withdrawn => "withdrawn",
        _ => "not-due",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Board))]
public sealed partial class BoardJson : JsonSerializerContext;
