using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The changes that publishing now would make.</summary>
/// <param name="Release">The number of the published release; 0 before the first.</param>
/// <param name="Hold">The hold on publishing; null if there is no hold.</param>
/// <param name="Writes">The years that the release would write, with their status; null if nothing would be published.</param>
/// <param name="Waiting">Changed returns of years that are signed off.</param>
/// <param name="Years">The hidden numbers of each year, and the decision about it.</param>
public sealed record Preview(
    int Release,
    PreviewHold? Hold,
    IReadOnlyList<PreviewStatus>? Writes,
    IReadOnlyList<PreviewChange> Changes,
    IReadOnlyList<WaitingReturn> Waiting,
    IReadOnlyList<PreviewYear> Years)
{
    /// <summary>True if releases are published as soon as figures change.</summary>
    public bool IsContinuous { get; init; }

    /// <summary>The announced release that is prepared; null if none is announced.</summary>
    public PreviewNext? Next { get; init; }

    /// <summary>The approval of that release; null if it is not approved. The changes are then those that were approved.</summary>
    public PreviewApproval? Approval { get; init; }

    /// <summary>The number of returns that changed after the approval, and wait for the release after it.</summary>
    public int LaterReturns { get; init; }

    private static readonly string[] Header = ["What", "Of", "Period", "From", "To", "Because"];

    /// <summary>Lists changes, waiting returns (with versions from and to) and hidden numbers (with the value as from).</summary>
    public byte[] ToCsv() => CsvExport.Write(
        Header,
        Changes.Select(change => new[] { "changes", change.Headline, change.Period, CsvExport.Format(change.From), CsvExport.Format(change.To), change.Reason })
            .Concat(Waiting.Select(waiting => new[]
            {
                "waits", waiting.Return, waiting.Period, CsvExport.Format(waiting.SignedOff), CsvExport.Format(waiting.Live), $"{waiting.Period[..7]} is signed off.",
            }))
            .Concat(Years.SelectMany(year => year.Hidden, (year, hidden) => new[]
            {
                "hidden", hidden.Number, year.Year, CsvExport.Format(hidden.Value), string.Empty, hidden.Because + hidden.Instalments,
            })));
}

public sealed record PreviewHold(string By, DateTimeOffset At, string Reason);

public sealed record PreviewStatus(string Year, string Status, string Stage)
{
    /// <summary>True if nothing of the year was published before.</summary>
    public bool IsNew { get; init; }
}

/// <param name="At">The announced time, in UK time.</param>
/// <param name="IsLate">True if that time has passed.</param>
public sealed record PreviewNext(DateTimeOffset At, string Title, bool IsLate);

/// <param name="At">When it was approved, in UK time.</param>
/// <param name="For">When it is published, in UK time.</param>
public sealed record PreviewApproval(string By, DateTimeOffset At, DateTimeOffset For, string? Note)
{
    /// <summary>True if the catalogue or the software has changed since, so that nothing is published until it is approved again.</summary>
    public bool IsOutdated { get; init; }

    internal static PreviewApproval Create(ReleaseApproval approval) => new(approval.By.Name, UkTime.From(approval.At), UkTime.From(approval.For), approval.Note);
}

/// <param name="From">Null if the figure is not published. The same goes for <paramref name="To"/>.</param>
public sealed record PreviewChange(string Headline, string Period, decimal? From, decimal? To, string Reason);

/// <param name="SignedOff">The signed-off version; null if there was none.</param>
/// <param name="Live">The live version; null if it was withdrawn.</param>
public sealed record WaitingReturn(string Return, string Title, string Period, int? SignedOff, int? Live)
{
    internal static IEnumerable<WaitingReturn> FindAll(PartnershipCatalogue catalogue, YearDecision decision, IReadOnlyList<LedgerRow> rows)
    {
        var live = rows.Where(row => row.LiveVersion is not null).ToDictionary(row => row.Key, row => row.LiveVersion!.Value);
        foreach (var key in decision.SignedOffVersions!.Keys.Union(live.Keys).OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            var (then, now) = (Find(decision.SignedOffVersions, key), Find(live, key));
            if (then != now && catalogue.FindForm(key) is { } form)
            {
                yield return new WaitingReturn(key.Return.ToString(), form.Title, key.Period.ToString(), then, now);
            }
        }
    }

    private static int? Find(IReadOnlyDictionary<ReturnKey, int> versions, ReturnKey key) => versions.TryGetValue(key, out var version) ? version : null;
}

/// <param name="Decision">signed-off, under-review or open.</param>
/// <param name="Exposed">Counts that earlier releases disclose, whatever is hidden now.</param>
public sealed record PreviewYear(
    string Year, string Decision, string? By, DateTimeOffset? At, string? Reason, IReadOnlyList<HiddenNumber> Hidden, IReadOnlyList<string> Exposed)
{
    /// <summary>Every number of the year as it would be shown, by its id. Null for one that is hidden or not known.</summary>
    internal IReadOnlyDictionary<string, decimal?> Shown { get; init; } = new Dictionary<string, decimal?>();

    /// <summary>True if no change of the catalogue moves the year: it is signed off, or under review.</summary>
    internal bool IsFrozen { get; init; }

    /// <param name="atOnce">The year as it would be published if nothing of it had been published before.</param>
    /// <param name="provisional">The numbers to which something is still to come.</param>
    internal static PreviewYear Create(
        Period year, YearDecision? decision, DisclosedYear disclosed, DisclosedYear atOnce, IReadOnlyDictionary<string, decimal?> numbers, IReadOnlySet<string> provisional) => new(
        year.ToString(),
        decision switch { { IsUnderReview: true } => "under-review", { IsSignedOff: true } => "signed-off", _ => "open" },
        decision?.By.Name,
        decision is null ? null : UkTime.From(decision.At),
        decision?.Reason,
        [.. disclosed.Hidden.Select(hiding => new HiddenNumber(hiding.Cell, numbers[hiding.Cell]?.TrimTrailingZeros(), HiddenNumber.DescribeReason(hiding))
        {
            NeededByEarlierReleases = !atOnce.Hidden.Any(other => other.Cell == hiding.Cell),
            StaysHidden = hiding.Because == Suppression.Secondary && !provisional.Contains(hiding.Cell),
        })],
        disclosed.Exposed);
}

/// <param name="Number">The id, for example <c>sarc-referrals/2019-20-Q1</c>.</param>
/// <param name="Value">The hidden value; 0.76 for 76%.</param>
public sealed record HiddenNumber(string Number, decimal? Value, string Because)
{
    /// <summary>True if it would be shown if the year were published at once, and not in several releases.</summary>
    public bool NeededByEarlierReleases { get; init; }

    /// <summary>True if nothing is still to come to it, and later releases of the same figure cannot show it: the numbers around it stay known.</summary>
    public bool StaysHidden { get; init; }

    /// <summary>Says what the releases before and after it have to do with it.</summary>
    [JsonIgnore]
    public string Instalments => (NeededByEarlierReleases ? " It would be shown if nothing had been published before." : string.Empty)
        + (StaysHidden ? " Later releases cannot show it either, unless it is corrected." : string.Empty);

    internal static string DescribeReason(SuppressedCell hiding) => hiding.Because switch
    {
        Suppression.Primary => "It is a small count, a total of few small counts, or a percentage that reveals one.",
        Suppression.SmallBase => "It is a percentage of too few people.",
        _ => $"A small count could be worked out from it: {hiding.Protects}.",
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UkTimeConverter)])]
[JsonSerializable(typeof(Preview))]
public sealed partial class PreviewJson : JsonSerializerContext;
