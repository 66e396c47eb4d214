using System.Text;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The live versions do not depend on clocks, on the order of ingests, or on the tables: the blobs hold what decides.</summary>
public sealed class RebuildTests(AzuriteFixture azurite)
{
    private static readonly Person Manager = new("0000-1", "manager@example.org");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_rebuilt_from_the_blobs_or_from_a_copy_of_the_container_have_the_same_live_versions()
    {
        var original = await Pipeline.NewAsync(azurite);
        var keys = await SendAllKindsAsync(original);
        var expected = await LiveAsync(original, keys);
        Assert.Contains(expected, live => live.Version is null);

        foreach (var seed in TestShare.Seeds(TestShare.Count(small: 1, ci: 6, all: 30)))
        {
            var copy = await Pipeline.NewAsync(azurite);
            await CopyAsync(original, copy, seed);
            var paths = await copy.Store.Uploads.ListAsync(string.Empty, Ct).Select(upload => upload.Path).ToArrayAsync(Ct);
            new Random(seed).Shuffle(paths);

            await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (path, _) => await copy.EventAsync(path));

            var actual = await LiveAsync(copy, keys);
            Assert.True(expected.SequenceEqual(actual), $"{string.Join('\n', actual)}\ninstead of\n{string.Join('\n', expected)}\n{TestShare.Repeat(seed)}");
            Assert.Equal(0, await copy.Sweep.RunAsync(Ct));
        }
    }

    [Fact]
    public async Task A_file_in_progress_keeps_the_deletion_that_takes_it_out()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var (older, newer) = (MaracPath(1, "older.csv"), MaracPath(1, "newer.csv"));
        await pipeline.UploadAsync(older, Marac(101));
        await pipeline.ClaimAsync(older);
        await pipeline.SendAsync(newer, Marac(102));
        await pipeline.DeleteAsync(newer);

        await pipeline.EventAsync(newer);

        var marked = (await pipeline.Store.Uploads.FindAsync(older, Ct))!.Mark!;
        Assert.Equal((1, 2, null), (marked.Number, marked.WithdrawnThrough, marked.ProcessedToken));
        await pipeline.EventAsync(older);
        Assert.Equal(2, (await pipeline.Store.Uploads.FindAsync(older, Ct))!.Mark!.WithdrawnThrough);
        Assert.Empty(await pipeline.LiveAsync(Pipeline.KeyOf(older)));
    }

    [Fact]
    public async Task A_deletion_that_waits_for_a_tied_file_takes_effect_when_that_file_is_rejected()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var (before, deleted, tied) = (MaracPath(1, "before.csv"), MaracPath(1, "deleted.csv"), MaracPath(1, "tied.csv"));
        await pipeline.SendAsync(before, Marac(101));
        var at = pipeline.Clock.GetUtcNow();
        await pipeline.Store.Uploads.WriteAsync(deleted, Encoding.UTF8.GetBytes(Marac(102)), new UploadMark(2, at) { TiedFrom = 2 }, Ct);
        await pipeline.Store.Uploads.WriteAsync(tied, Encoding.UTF8.GetBytes(BadMarac), new UploadMark(3, at) { TiedFrom = 2 }, Ct);
        await pipeline.ClaimAsync(tied);
        await pipeline.EventAsync(deleted);
        await pipeline.DeleteAsync(deleted);
        await pipeline.EventAsync(deleted);
        Assert.Equal(0, (await pipeline.Store.Uploads.FindAsync(before, Ct))!.Mark!.WithdrawnThrough);

        await pipeline.EventAsync(tied);

        Assert.Equal((LedgerState.Withdrawn, null), ((await pipeline.RowAsync(Pipeline.KeyOf(before))).State, (await pipeline.RowAsync(Pipeline.KeyOf(before))).LiveVersion));
        var copy = await Pipeline.NewAsync(azurite);
        await CopyAsync(pipeline, copy, seed: 1);
        foreach (var path in new[] { before, tied })
        {
            Assert.Equal(3, (await pipeline.Store.Uploads.FindAsync(path, Ct))!.Mark!.WithdrawnThrough);
            await copy.EventAsync(path);
        }

        Assert.Empty(await copy.LiveAsync(Pipeline.KeyOf(before)));
    }

    [LongFact]
    public async Task Files_with_two_corrections_each_give_the_same_feed_in_any_order()
    {
        // 12 returns for 7 years with 3 files each are 1,008 files.
        var quarters = Enumerable.Range(2019, TestShare.Count(small: 1, ci: 2, all: 7)).SelectMany(year => Enumerable.Range(1, 4).Select(quarter => Period.Parse($"{year}-{(year + 1) % 100:00}-Q{quarter}"))).ToList();
        var forms = Pipeline.Catalogue.Forms.Where(form => form.Frequency == Core.Catalogue.Frequency.Quarter).DistinctBy(form => form.Return).Take(TestShare.Count(small: 4, ci: 6, all: 12)).ToList();
        var keys = forms.SelectMany(form => quarters.Select(quarter => new ReturnKey(form.Return, quarter))).ToList();
        Assert.Equal(TestShare.Count(small: 48, ci: 144, all: 1_008), keys.Count * 3);
        var feeds = new List<string>();
        for (var run = 0; run < 3; run++)
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            pipeline.Clock.SetUtcNow(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
            var files = new List<string>();
            foreach (var key in keys)
            {
                for (var file = 0; file < 3; file++)
                {
                    // The order of arrival is the order of the numbers, and not that of the names.
                    var path = $"{key}/{(char)('c' - file)}.csv";
                    await pipeline.Send.StoreAsync([(path, Encoding.UTF8.GetBytes(Content(key, file)))], inbox: null, Ct);
                    files.Add(path);
                }
            }

            var order = files.ToArray();
            new Random(run).Shuffle(order);
            await Parallel.ForEachAsync(order, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (path, _) => await pipeline.EventAsync(path));
            await pipeline.PublishAsync();
            foreach (var key in keys)
            {
                Assert.Equal((key, 3, 3), (key, (await pipeline.RowAsync(key)).LiveVersion, (await pipeline.Store.Returns.ReadSubmissionsAsync(key, Ct)).Count(submission => submission.State == SubmissionState.Accepted)));
            }

            feeds.Add(string.Join('\n', (await pipeline.PublicAsync()).Select(file => $"{file.Key}: {file.Value.Text}")));
        }

        Assert.Equal(feeds[0], feeds[1]);
        Assert.Equal(feeds[0], feeds[2]);
    }

    [LongFact]
    public async Task A_clock_that_jumps_changes_nothing()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var key = Pipeline.KeyOf(MaracPath(1));
        var cases = 100;
        foreach (var jump in new[] { TimeSpan.Zero, TimeSpan.FromHours(-1), TimeSpan.FromDays(3_650), TimeSpan.FromDays(-3_651), TimeSpan.FromSeconds(0) })
        {
            pipeline.Clock.AdjustTime(pipeline.Clock.GetUtcNow() + jump);
            var sent = await pipeline.Send.RunAsync(key, "marac.csv", Encoding.UTF8.GetBytes(Marac(++cases)), new Person("agency", "agency"), Ct);
            Assert.Equal(sent.Version, (await pipeline.RowAsync(key)).LiveVersion);
        }

        Assert.Equal(cases, Assert.Single(await pipeline.LiveAsync(key)).Figure.Value);
    }

    [Fact]
    public async Task Files_sent_at_the_same_moment_are_all_kept_and_one_is_live()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var key = Pipeline.KeyOf(MaracPath(1));
        var link = await pipeline.Send.GrantAsync(key, "figures.csv", new Person("program", "program"), Ct);

        // Two tabs of one person, another person, and a program.
        var sent = await Task.WhenAll(new[] { ("one", 201), ("one", 202), ("two", 203) }.Select(file =>
            pipeline.Send.RunAsync(key, "figures.csv", Encoding.UTF8.GetBytes(Marac(file.Item2)), new Person(file.Item1, file.Item1), Ct)));
        var late = await pipeline.SendAsync(link.Path, Marac(204));

        Assert.Equal([2, 3, 4], sent.Select(outcome => outcome.Version).Order());
        Assert.All(sent, outcome => Assert.Equal(Core.Ingest.IngestResult.Accepted, outcome.Result));
        Assert.Equal(1, late.Version);
        Assert.Equal((4, 4), ((await pipeline.RowAsync(key)).LiveVersion, (await pipeline.Store.Returns.ReadSubmissionsAsync(key, Ct)).Count(submission => submission.State == SubmissionState.Accepted)));
    }

    /// <summary>Sends returns in every way, in which the newest file is not the one with the latest time or the last name.</summary>
    private static async Task<IReadOnlyList<ReturnKey>> SendAllKindsAsync(Pipeline pipeline)
    {
        async Task<int> PageAsync(int quarter, int cases) =>
            (await pipeline.Send.RunAsync(Pipeline.KeyOf(MaracPath(quarter)), "marac.csv", Encoding.UTF8.GetBytes(Marac(cases)), new Person("agency", "agency"), Ct)).Version;

        // A link that was issued first and used last, a page between, and the same bytes again.
        var link = await pipeline.Send.GrantAsync(Pipeline.KeyOf(MaracPath(1)), "linked.csv", new Person("program", "program"), Ct);
        await PageAsync(1, 101);
        await PageAsync(1, 102);
        await PageAsync(1, 102);
        await pipeline.SendAsync(link.Path, Marac(103));

        // Direct uploads: replaced in place, with the same bytes under another name, and rejected.
        await pipeline.SendAsync(MaracPath(2), Marac(201));
        await pipeline.SendAsync(MaracPath(2), Marac(202));
        await pipeline.SendAsync(MaracPath(2, "again.csv"), Marac(202));
        await pipeline.SendAsync(MaracPath(2, "bad.csv"), BadMarac);

        // Withdrawn by the manager, and deleted; the version before does not come back.
        await PageAsync(3, 301);
        await PageAsync(3, 302);
        Assert.True((await pipeline.Versions.WithdrawAsync(Pipeline.KeyOf(MaracPath(3)), 2, "Counted twice.", Manager, Ct)).IsDone);
        await pipeline.SendAsync(MaracPath(4, "kept.csv"), Marac(401));
        await pipeline.SendAsync(MaracPath(4, "deleted.csv"), Marac(402));
        await pipeline.DeleteAsync(MaracPath(4, "deleted.csv"));
        await pipeline.EventAsync(MaracPath(4, "deleted.csv"));

        // A link that is used after the file that was newer than it has been deleted. No other file is left that knows of the deletion.
        var late = new ReturnKey(ReturnId.TryParse("elms-sarc/referrals")!.Value, Period.Parse("2019-20-Q2"));
        var lateLink = await pipeline.Send.GrantAsync(late, "late.csv", new Person("program", "program"), Ct);
        await pipeline.SendAsync($"{late}/newer.csv", Sarc(60, 20));
        await pipeline.DeleteAsync($"{late}/newer.csv");
        await pipeline.EventAsync($"{late}/newer.csv");
        await pipeline.SendAsync(lateLink.Path, Sarc(61, 20));

        // An earlier version that was chosen after a withdrawal.
        var chosen = new ReturnKey(ReturnId.TryParse("elms-sarc/referrals")!.Value, Period.Parse("2019-20-Q1"));
        foreach (var adults in new[] { 40, 50 })
        {
            await pipeline.Send.RunAsync(chosen, "sarc.csv", Encoding.UTF8.GetBytes(Sarc(adults, 20)), new Person("agency", "agency"), Ct);
        }

        Assert.True((await pipeline.Versions.WithdrawAsync(chosen, 2, "Wrong quarter.", Manager, Ct)).IsDone);
        Assert.True((await pipeline.Versions.ChooseAsync(chosen, 1, "The first file was right.", Manager, Ct)).IsDone);
        return [.. Enumerable.Range(1, 4).Select(quarter => Pipeline.KeyOf(MaracPath(quarter))), late, chosen];
    }

    private static async Task<IReadOnlyList<(ReturnKey Key, int? Version, string Figures)>> LiveAsync(Pipeline pipeline, IEnumerable<ReturnKey> keys)
    {
        var live = new List<(ReturnKey, int?, string)>();
        foreach (var key in keys)
        {
            live.Add((key, (await pipeline.Store.Returns.ReadLedgerRowAsync(key, Ct))?.LiveVersion, string.Join(", ", (await pipeline.LiveAsync(key)).Select(figure => figure.Figure.Value))));
        }

        return live;
    }

    /// <summary>Copies the blobs with their metadata in another order, so that they have new times and ETags.</summary>
    private static async Task CopyAsync(Pipeline from, Pipeline to, int seed)
    {
        var names = await from.Store.Clients.Returns.GetBlobsAsync(cancellationToken: Ct).Select(blob => blob.Name).ToArrayAsync(Ct);
        new Random(seed).Shuffle(names);
        foreach (var name in names)
        {
            var stored = (await from.Store.Clients.Returns.GetBlobClient(name).DownloadContentAsync(Ct)).Value;
            await to.Store.Clients.Returns.GetBlobClient(name).UploadAsync(stored.Content, new BlobUploadOptions { Metadata = stored.Details.Metadata }, Ct);
        }
    }

    /// <summary>Creates a list of all figures of a return. Each file of the return has other figures.</summary>
    private static string Content(ReturnKey key, int file)
    {
        var cells = Pipeline.Catalogue.FindForm(key)!.GetRequestedCells(key.Period);
        var dimensions = cells.SelectMany(cell => cell.Key.Breakdown.Codes().Select(code => code.Key)).Distinct().ToList();
        var text = new StringBuilder().AppendJoin(',', ["measure", "area", "value", .. dimensions]).Append("\r\n");
        foreach (var cell in cells)
        {
            var value = Pipeline.Catalogue.Measures[cell.Key.Measure].Quantity == Core.Catalogue.Quantity.Count ? 1_000 + (100 * file) : 10 + file;
            var codes = dimensions.Select(dimension => cell.Key.Breakdown.Codes().FirstOrDefault(code => code.Key == dimension).Value ?? string.Empty);
            text.AppendJoin(',', [cell.Key.Measure.Value, cell.Key.Area.Value, value.ToString(System.Globalization.CultureInfo.InvariantCulture), .. codes]).Append("\r\n");
        }

        return text.ToString();
    }
}
