using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using FsCheck;
using FsCheck.Fluent;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>
/// Uploads, replaces, repeats, invalidates and deletes files at random. Their events are late, repeated and in any order.
/// The headline must equal the sum of a dictionary: a correction replaces a figure and never adds to it.
/// </summary>
public sealed class SequenceTests(AzuriteFixture azurite)
{
    private const int MaxParallelism = 4;
    private const int Returns = 3;

    public enum Act
    {
        Upload,
        UploadAgain,
        UploadBad,
        Delete,

        /// <summary>Delivers an event that is still pending, or repeats one.</summary>
        Deliver,

        /// <summary>Waits for the next second of the store's clock, which counts whole seconds.</summary>
        Wait,
    }

    /// <param name="Return">The number of the quarter.</param>
    /// <param name="File">The number of the file of that return: each has two.</param>
    /// <param name="Number">A small difference in the figure, or the number of the event.</param>
    /// <param name="IsLost">Whether its event is never delivered.</param>
    public sealed record Move(Act Act, int Return, int File, int Number, bool IsLost);

    [Fact]
    public void After_any_sequence_the_headline_is_the_sum_of_the_live_versions_and_a_rerun_changes_nothing()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(TestShare.Repeat());
        var moves = Gen.ArrayOf(
            from act in Gen.Frequency(
                (5, Gen.Constant(Act.Upload)), (2, Gen.Constant(Act.UploadAgain)), (1, Gen.Constant(Act.UploadBad)), (2, Gen.Constant(Act.Delete)), (5, Gen.Constant(Act.Deliver)),
                (1, Gen.Constant(Act.Wait)))
            from period in Gen.Choose(0, Returns - 1)
            from file in Gen.Choose(0, 1)
            from number in Gen.Choose(0, 9)
            from lost in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Move(act, period, file, number, lost));
        var sequences = Arb.From(moves, Shorter);

        // FsCheck starts the next sequence when one waits for the store. With hundreds at once an upload takes longer than its timeout, and the
        // emulator stores both it and its repetition.
        using var places = new SemaphoreSlim(MaxParallelism);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(TestShare.Count(small: 3, ci: 48, all: 500)).WithStartSize(8).WithEndSize(25).WithReplay(new Replay(new Rnd((ulong)TestShare.Seed), null)).WithParallelRunConfig(new ParallelRunConfig(MaxParallelism)),
            Prop.ForAll(sequences, (Func<Move[], Task>)(async sequence =>
            {
                await places.WaitAsync();
                try
                {
                    await RunAsync(sequence);
                }
                finally
                {
                    places.Release();
                }
            })));
    }

    [Fact]
    public Task A_repeated_event_of_a_file_decides_nothing_about_a_file_whose_event_is_lost() => RunAsync(
    [
        new Move(Act.UploadBad, 2, 0, 5, IsLost: false),
        new Move(Act.Deliver, 2, 0, 7, IsLost: false),
        new Move(Act.Upload, 2, 1, 5, IsLost: true),
        new Move(Act.Deliver, 1, 0, 0, IsLost: false),
        new Move(Act.Upload, 2, 0, 8, IsLost: false),
    ]);

    [Fact]
    public Task A_repeated_event_of_a_deletion_takes_out_no_file_that_came_after_it() => RunAsync(
    [
        new Move(Act.Upload, 1, 1, 4, IsLost: false),
        new Move(Act.Deliver, 0, 0, 2, IsLost: false),
        new Move(Act.Delete, 1, 1, 2, IsLost: false),
        new Move(Act.UploadBad, 1, 0, 9, IsLost: true),
    ]);

    [Fact]
    public Task A_file_that_was_replaced_before_its_ingest_does_not_wait_once_its_replacement_is_processed() => RunAsync(
    [
        new Move(Act.Upload, 0, 1, 5, IsLost: true),
        new Move(Act.Upload, 0, 0, 7, IsLost: false),
        new Move(Act.Deliver, 0, 0, 3, IsLost: false),
        new Move(Act.Deliver, 0, 0, 3, IsLost: false),
        new Move(Act.Upload, 0, 1, 5, IsLost: true),
    ]);

    [Fact]
    public Task A_file_that_was_deleted_before_its_ingest_is_not_tied_with_another_of_the_same_moment() => RunAsync(
    [
        new Move(Act.Upload, 1, 0, 2, IsLost: false),
        new Move(Act.Upload, 1, 1, 9, IsLost: true),
        new Move(Act.Deliver, 0, 0, 0, IsLost: false),
        new Move(Act.Delete, 1, 1, 2, IsLost: true),
    ]);

    [Fact]
    public Task A_file_that_is_processed_after_the_deletion_that_takes_it_out_keeps_that_deletion() => RunAsync(
    [
        new Move(Act.Upload, 2, 0, 1, IsLost: false),
        new Move(Act.Upload, 2, 1, 4, IsLost: false),
        new Move(Act.Wait, 0, 0, 7, IsLost: false),
        new Move(Act.UploadAgain, 2, 1, 6, IsLost: false),
        new Move(Act.Deliver, 1, 1, 9, IsLost: false),
        new Move(Act.Delete, 2, 1, 1, IsLost: false),
    ]);

    [Fact]
    public Task A_deletion_that_waits_for_a_tied_file_takes_effect_when_that_file_is_rejected() => RunAsync(
    [
        new Move(Act.Upload, 2, 0, 2, IsLost: false),
        new Move(Act.UploadBad, 2, 1, 7, IsLost: true),
        new Move(Act.Deliver, 0, 0, 0, IsLost: false),
        new Move(Act.Delete, 2, 0, 4, IsLost: true),
    ]);

    private async Task RunAsync(Move[] moves)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var model = new Model(pipeline);
        foreach (var move in moves)
        {
            await model.MakeAsync(move);
        }

        await model.DeliverAllAsync();
        await pipeline.Sweep.RunAsync(CancellationToken.None);
        model.Sweep();
        await pipeline.PublishAsync();
        await AssertAsync(pipeline, model);
        var before = await pipeline.DumpAsync();

        await model.DeliverAllAsync();
        var swept = await pipeline.Sweep.RunAsync(CancellationToken.None);
        var isNew = (await pipeline.PublishAsync()).IsNew;
        var (expected, actual) = (before.Split('\n'), (await pipeline.DumpAsync()).Split('\n'));
        Assert.True(
            swept == 0 && !isNew && expected.SequenceEqual(actual),
            $"The rerun swept {swept} files, published: {isNew}, and changed\n{string.Join('\n', expected.Except(actual))}\nto\n{string.Join('\n', actual.Except(expected))}");
    }

    private static async Task AssertAsync(Pipeline pipeline, Model model)
    {
        var live = model.Live;
        for (var i = 0; i < Returns; i++)
        {
            var figures = await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(i + 1)));
            Assert.Equal(live.TryGetValue(i, out var value) ? [value] : Array.Empty<decimal?>(), figures.Select(figure => figure.Figure.Value));
        }

        if (await pipeline.Store.Feed.ReadCurrentAsync(CancellationToken.None) is not null)
        {
            Assert.Equal(live.Count == 0 ? null : live.Values.Sum(), Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        }
        else
        {
            Assert.Empty(live);
        }
    }

    private static IEnumerable<Move[]> Shorter(Move[] moves)
    {
        for (var i = 0; i < moves.Length; i++)
        {
            yield return [.. moves[..i], .. moves[(i + 1)..]];
        }
    }

    /// <summary>
    /// The expected result. An upload gets its number when an event or a sweep first sees it, together with the other files of its return
    /// and after those that are older. The store records times in whole seconds.
    /// </summary>
    private sealed class Model(Pipeline pipeline)
    {
        private readonly Dictionary<string, Entry> _files = new(StringComparer.Ordinal);
        private readonly List<Entry>[] _numbered = [.. Enumerable.Range(0, Returns).Select(_ => new List<Entry>())];
        private readonly int[] _withdrawnThrough = new int[Returns];
        private readonly List<string> _events = [];

        public IReadOnlyDictionary<int, decimal?> Live => Enumerable.Range(0, Returns)
            .Where(number => NewestOf(number) is { IsGone: false } newest && newest.Number > _withdrawnThrough[number])
            .ToDictionary(number => number, number => (decimal?)NewestOf(number)!.Cases);

        public async Task MakeAsync(Move move)
        {
            var path = PathOf(move.Return, move.File);
            switch (move.Act)
            {
                case Act.Upload:
                    await UploadAsync(path, 100 * (move.Return + 1) + 10 * move.File + move.Number);
                    break;
                case Act.UploadAgain when _files.TryGetValue(path, out var file):
                    await UploadAsync(path, file.Cases);
                    break;
                case Act.UploadBad:
                    await UploadAsync(path, null);
                    break;
                case Act.Delete when _files.Remove(path):
                    await pipeline.DeleteAsync(path);
                    break;
                case Act.Deliver when _events.Count > 0:
                    await DeliverAsync(_events[move.Number % _events.Count], move.Number % 3 + 1);
                    return;
                case Act.Wait:
                    await Task.Delay(1_050);
                    return;
                default:
                    return;
            }

            if (!move.IsLost)
            {
                _events.Insert(move.Number % (_events.Count + 1), path);
            }
        }

        public async Task DeliverAllAsync()
        {
            for (var i = 0; i < _events.Count; i++)
            {
                await DeliverAsync(_events[i], i % 3 + 1);
            }
        }

        public void Sweep()
        {
            // A file that has a number and no result is looked for even if it was deleted in the meantime.
            var inProgress = _numbered.SelectMany(numbered => numbered).Where(entry => entry is { IsProcessed: false, IsGone: false }).Select(entry => entry.Path);
            foreach (var path in inProgress.Union(_files.Keys).Order(StringComparer.Ordinal).ToList())
            {
                Take(path);
            }

            foreach (var number in Live.Keys.ToList())
            {
                Take(NewestOf(number)!.Path);
            }
        }

        private async Task UploadAsync(string path, int? cases) =>
            _files[path] = new Entry(path, cases, await pipeline.UploadAsync(path, cases is { } known ? Marac(known) : BadMarac));

        private async Task DeliverAsync(string path, int times)
        {
            await Task.WhenAll(Enumerable.Range(0, times).Select(_ => pipeline.EventAsync(path)));
            Take(path);
        }

        private void Take(string path)
        {
            var number = Pipeline.KeyOf(path).Period.Quarter - 1;
            var numbered = _numbered[number];
            if (_files.TryGetValue(path, out var file))
            {
                // A file that has its number, because its event is repeated or another file came first, gives none to other files either.
                var seen = file.Number > 0 ? [] : _files.Values.Where(other => other.Number == 0 && Pipeline.KeyOf(other.Path) == Pipeline.KeyOf(path)).ToList();
                foreach (var moment in seen.GroupBy(other => other.At).OrderBy(moment => moment.Key))
                {
                    var tiedFrom = moment.Count() > 1 ? numbered.Count + 1 : 0;
                    foreach (var other in moment.OrderBy(other => other.Path, StringComparer.Ordinal))
                    {
                        numbered.Add(other);
                        (other.Number, other.TiedFrom) = (numbered.Count, tiedFrom);
                    }
                }

                file.IsProcessed = true;
                if (NewestOf(number) is { IsGone: true } deleted && deleted.Number > _withdrawnThrough[number])
                {
                    // It was tied with this file, which is rejected.
                    _withdrawnThrough[number] = numbered.Last(entry => entry.IsProcessed).Number;
                }

                return;
            }

            var isRepeated = numbered.TrueForAll(entry => entry.Path != path || entry.IsGone);
            numbered.ForEach(entry => entry.IsGone |= entry.Path == path);
            if (NewestOf(number) is { IsGone: true } newest && (newest.Number > _withdrawnThrough[number] || (newest.Path == path && !isRepeated)))
            {
                _withdrawnThrough[number] = Math.Max(_withdrawnThrough[number], numbered.Last(entry => entry.IsProcessed).Number);
            }
        }

        private Entry? NewestOf(int number) => _numbered[number].LastOrDefault(entry => entry is { IsProcessed: true, Cases: not null } && !IsTied(_numbered[number], entry));

        private static bool IsTied(List<Entry> numbered, Entry entry)
        {
            var others = numbered.Where(other =>
                other.TiedFrom == entry.TiedFrom && !other.IsGone && (other.IsProcessed ? other.Cases is not null : !numbered.Exists(later => later.Path == other.Path && later.Number > other.Number))).ToList();
            return entry.TiedFrom > 0 && (entry.IsGone ? others.Count > 0 : others.Exists(other => !other.IsProcessed || other.Cases != entry.Cases));
        }

        private static string PathOf(int number, int file) => MaracPath(number + 1, file == 0 ? "one.csv" : "two.csv");

        private sealed class Entry(string path, int? cases, DateTimeOffset at)
        {
            public string Path => path;

            /// <summary>Null for a file that is rejected.</summary>
            public int? Cases => cases;

            public DateTimeOffset At => at;

            /// <summary>0 until the file is seen.</summary>
            public int Number { get; set; }

            /// <summary>The number of the first file of the same moment; 0 if there is no other.</summary>
            public int TiedFrom { get; set; }

            public bool IsProcessed { get; set; }

            public bool IsGone { get; set; }
        }
    }
}
