using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;

namespace DasvPipeline.Core.Oversight;

/// <summary>A catalogue that somebody wants to make live: its mistakes, or what it would change.</summary>
/// <param name="Hash">The hash under which its files are stored; null if it has mistakes.</param>
/// <param name="Live">The number of the live version that it was compared with.</param>
public sealed record CatalogueProposal(string? Hash, int Live, IReadOnlyList<Mistake> Mistakes, CatalogueEffects Effects)
{
    /// <summary>The new texts of the feed that have a small number. They need a confirmation.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];
}

/// <summary>
/// Checks a changed catalogue, shows what it would change, and makes it live after a person has approved it. Pages, API and command line all
/// use it. A catalogue with a mistake, or with a text about a person, is never stored and never live.
/// </summary>
public sealed class ChangeCatalogue(LiveCatalogue live, ICatalogueStore store, IReturnStore returns, IFeedStore feed, PublishOptions options, TimeProvider clock)
{
    private const string FixedMessage = "This host uses the catalogue of a folder. Change its files instead.";

    /// <summary>Checks the files and previews their effects. Stores the files, so that they can be approved.</summary>
    public async Task<CatalogueProposal> ProposeAsync(IReadOnlyList<CatalogueFile> files, CancellationToken ct)
    {
        var (now, nowFiles) = await ReadLiveAsync(ct);
        var (candidate, mistakes, numbers) = Check(files, nowFiles, now);
        if (candidate is null)
        {
            return new CatalogueProposal(null, now.Number, mistakes, CatalogueEffects.None);
        }

        if (!live.IsFixed)
        {
            await store.WriteFilesAsync(candidate.Hash, files, ct);
        }

        return new CatalogueProposal(candidate.Hash, now.Number, [], await PreviewAsync(now, nowFiles, candidate, files, ct)) { Numbers = numbers };
    }

    /// <summary>Makes stored files live as a new version. All checks run again.</summary>
    /// <param name="hash">The hash of the proposal that the person saw.</param>
    /// <param name="seen">The number of the live version that the person saw.</param>
    /// <param name="reason">The reason, which is published with the changes that it causes.</param>
    /// <param name="publishesNumbers">True if small numbers in the reason and in new texts can be published.</param>
    public async Task<Outcome> ApproveAsync(string? hash, int seen, string? reason, bool publishesNumbers, Person by, CancellationToken ct)
    {
        if (await live.ReadHistoryAsync(ct) is not { } history)
        {
            return Outcome.Refused(FixedMessage);
        }

        if (history.Live.Hash == hash)
        {
            return Outcome.Done(FormattableString.Invariant($"Version {history.Live.Number} is live."));
        }

        if (history.Live.Number != seen)
        {
            return Outcome.Refused(FormattableString.Invariant($"{history.Live.By} made version {history.Live.Number} live in the meantime. Look at the preview again."));
        }

        if (await ReadProposedAsync(hash, ct) is not { } files)
        {
            return Outcome.NotFound("This change is not stored any more. Upload it again.");
        }

        var (now, nowFiles) = await ReadLiveAsync(ct);
        var (candidate, mistakes, numbers) = Check(files, nowFiles, now);
        if (candidate is null)
        {
            return Outcome.Refused("The catalogue has mistakes.", [.. mistakes.Select(mistake => mistake.ToString())]);
        }

        if (!publishesNumbers && numbers.Count > 0)
        {
            return Outcome.Refused("New texts have small numbers, which could be about a person. Remove them, or choose to publish them anyway.", numbers);
        }

        if (FreeText.CheckPublic(reason, "Say why you change the catalogue.", publishesNumbers, now.Disclosure, out var why) is { } problem)
        {
            return problem;
        }

        var version = new CatalogueVersion(history.Live.Number + 1, hash!, clock.GetUtcNow(), by.Name, by.Id, why) { ByTenantId = by.TenantId };
        await store.AuditApprovalAsync(version, ct);
        if (!await store.TryAddVersionAsync(version, history, ct))
        {
            return Outcome.Refused("Somebody else changed the catalogue in the meantime. Look at the preview again.");
        }

        await live.ReadHistoryAsync(ct);
        return Outcome.Done(FormattableString.Invariant($"Version {version.Number} of the catalogue is live. All parts use it within {LiveCatalogue.Lifetime.TotalSeconds} seconds."));
    }

    /// <summary>Returns the files of a version, or null if there is no such version.</summary>
    /// <param name="number">Null for the live version.</param>
    public async Task<IReadOnlyList<CatalogueFile>?> ReadFilesAsync(int? number, CancellationToken ct)
    {
        if (await live.ReadHistoryAsync(ct) is not { } history)
        {
            return number is null ? live.Source.Files : null;
        }

        return (number is null ? history.Live : history.Find(number.Value)) is { } version ? await store.ReadFilesAsync(version.Hash, ct) : null;
    }

    /// <summary>Returns the files of a proposal, or null if they are not stored.</summary>
    public async Task<IReadOnlyList<CatalogueFile>?> ReadProposedAsync(string? hash, CancellationToken ct) => IsHash(hash) ? await store.ReadFilesAsync(hash!, ct) : null;

    private static bool IsHash(string? hash) => hash is { Length: 64 } && hash.All(char.IsAsciiHexDigitLower);

    private async Task<(PartnershipCatalogue Catalogue, IReadOnlyList<CatalogueFile> Files)> ReadLiveAsync(CancellationToken ct)
    {
        var files = await ReadFilesAsync(null, ct) ?? throw new InvalidOperationException("The files of the live catalogue are missing.");
        return (await live.ReadAsync(ct), files);
    }

    private static (PartnershipCatalogue? Candidate, IReadOnlyList<Mistake> Mistakes, IReadOnlyList<string> Numbers) Check(
        IReadOnlyList<CatalogueFile> files, IReadOnlyList<CatalogueFile> nowFiles, PartnershipCatalogue now)
    {
        var known = CatalogueTexts.Read(nowFiles).Select(text => text.Text).ToHashSet(StringComparer.Ordinal);
        var fresh = CatalogueTexts.Read(files).Where(text => !known.Contains(text.Text)).ToList();
        var people = fresh.Where(text => FreeText.HasPeople(text.Text)).Select(text => new Mistake(text.Path, text.Line, $"'{text.Key}' seems to name a person or to have personal data. Write it without.")).ToList();
        PartnershipCatalogue? candidate = null;
        try
        {
            candidate = PartnershipCatalogue.Load(files);
        }
        catch (CatalogueException fault)
        {
            people.InsertRange(0, fault.Mistakes);
        }

        var numbers = fresh.Where(CatalogueTexts.IsPublished).Where(text => FreeText.CheckPublic(text.Text, string.Empty, publishesNumbers: false, now.Disclosure, out _) is not null)
            .Select(text => string.Create(CultureInfo.InvariantCulture, $"{text.Path}:{text.Line}: {text.Text}")).ToList();
        return people.Count > 0 ? (null, people, []) : (candidate, [], numbers);
    }

    private async Task<CatalogueEffects> PreviewAsync(
        PartnershipCatalogue now, IReadOnlyList<CatalogueFile> nowFiles, PartnershipCatalogue candidate, IReadOnlyList<CatalogueFile> files, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        var thisYear = Period.YearContaining(clock.Today());
        var years = queue.Years.Concat(queue.Current?.Years.Keys ?? []).Concat([thisYear.PreviousYear, thisYear, thisYear.NextYear]).Distinct().Order().ToList();
        var accepted = new HashSet<ReturnKey>();
        foreach (var year in years)
        {
            accepted.UnionWith((await returns.ReadLiveVersionsAsync(year, ct)).Keys);
        }

        return new CatalogueEffects(
            FileDifference.FindAll(nowFiles, files),
            CatalogueComparer.CompareForms(now, candidate, years),
            CatalogueComparer.CompareDue(now, candidate, years, accepted),
            CatalogueComparer.CompareChecks(now, candidate),
            await CompareFiguresAsync(now, candidate, ct),
            CatalogueComparer.CompareHeadlines(now, candidate, years));
    }

    private async Task<IReadOnlyList<CatalogueFigureChange>> CompareFiguresAsync(PartnershipCatalogue now, PartnershipCatalogue candidate, CancellationToken ct)
    {
        if (now.Hash == candidate.Hash)
        {
            return [];
        }

        var before = await PreviewReleaseOf(now).RunAsync(ct);
        var after = await PreviewReleaseOf(candidate).RunAsync(ct);
        return CatalogueComparer.CompareFigures(now, candidate, before, after);
    }

    private PreviewRelease PreviewReleaseOf(PartnershipCatalogue catalogue) => new(catalogue, new ReleaseBuilder(catalogue, returns, feed, clock), returns, feed, options, clock);
}
