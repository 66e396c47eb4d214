using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Catalogue;
using Microsoft.Extensions.Time.Testing;

namespace DasvPipeline.UnitTests.Oversight;

/// <summary>The live catalogue is read from a store, and kept for a short time.</summary>
public sealed class LiveCatalogueTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryCatalogues _store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_store_gets_the_files_of_the_installation_as_version_1()
    {
        using var live = Live();
        Assert.Equal((1, PartnershipCatalogue.HashOf(TestCatalogue.Small)), ((await live.ReadAsync(Ct)).Number, (await live.ReadAsync(Ct)).Hash));
        Assert.Equal(("the pipeline", 1), (_store.History!.Live.By, _store.History.Versions.Count));
        using var other = new LiveCatalogue(_store, new CatalogueSource(Renamed("Other"), IsFixed: false), _clock);
        Assert.Equal("North", (await other.ReadAsync(Ct)).GetAgencyName(new("north")));
    }

    [Fact]
    public async Task A_new_version_is_used_after_the_lifetime_and_the_store_is_asked_once_in_it()
    {
        using var live = Live();
        var first = await live.ReadAsync(Ct);
        await _store.AddAsync(Renamed("The Northern Line"));
        var calls = _store.Calls;
        Assert.Same(first, await live.ReadAsync(Ct));
        Assert.Equal(calls, _store.Calls);

        _clock.Advance(LiveCatalogue.Lifetime);
        var second = await live.ReadAsync(Ct);
        Assert.Equal((2, "The Northern Line"), (second.Number, second.GetAgencyName(new("north"))));
        Assert.Equal("North", first.GetAgencyName(new("north")));

        _clock.Advance(LiveCatalogue.Lifetime);
        calls = _store.Calls;
        Assert.Same(second, await live.ReadAsync(Ct));
        Assert.Equal(calls + 1, _store.Calls);
    }

    [Fact]
    public async Task The_catalogue_of_a_folder_is_used_whatever_is_stored()
    {
        await _store.AddAsync(Renamed("Other"));
        using var live = new LiveCatalogue(_store, new CatalogueSource(TestCatalogue.Small, IsFixed: true), _clock);
        var calls = _store.Calls;
        Assert.Equal((0, "North"), ((await live.ReadAsync(Ct)).Number, (await live.ReadAsync(Ct)).GetAgencyName(new("north"))));
        Assert.Null(await live.ReadHistoryAsync(Ct));
        Assert.Equal(calls, _store.Calls);
    }

    [Fact]
    public async Task Stored_files_that_are_those_of_the_installation_are_not_read()
    {
        using var first = Live();
        await first.ReadAsync(Ct);
        await _store.AddAsync(Renamed("Other"));
        await _store.AddAsync(TestCatalogue.Small);
        var calls = _store.Calls;

        using var live = Live();
        var catalogue = await live.ReadAsync(Ct);
        Assert.Equal((3, "Changed.", PartnershipCatalogue.HashOf(TestCatalogue.Small)), (catalogue.Number, catalogue.Reason, catalogue.Hash));
        Assert.Equal(calls + 1, _store.Calls);
        Assert.Equal(0, live.Source.Load().Number);
    }

    [Fact]
    public async Task Hosts_that_start_together_have_one_first_version()
    {
        using var one = Live();
        using var two = Live();
        await Task.WhenAll(one.ReadAsync(Ct), two.ReadAsync(Ct));
        Assert.Single(_store.History!.Versions);
    }

    private LiveCatalogue Live() => new(_store, new CatalogueSource(TestCatalogue.Small, IsFixed: false), _clock);

    private static IReadOnlyList<CatalogueFile> Renamed(string name) => TestCatalogue.Small.Change("agencies.yaml", "name: North }", $"name: {name} }}");

    private sealed class MemoryCatalogues : ICatalogueStore
    {
        private readonly Dictionary<string, IReadOnlyList<CatalogueFile>> _files = [];

        public CatalogueHistory? History { get; private set; }

        public int Calls { get; private set; }

        public async Task AddAsync(IReadOnlyList<CatalogueFile> files)
        {
            var hash = PartnershipCatalogue.HashOf(files);
            await WriteFilesAsync(hash, files, Ct);
            Assert.True(await TryAddVersionAsync(new CatalogueVersion((History?.Live.Number ?? 0) + 1, hash, default, "A", "a", "Changed."), History, Ct));
        }

        public Task<CatalogueHistory?> ReadHistoryAsync(CatalogueHistory? known, CancellationToken ct)
        {
            Calls++;
            return Task.FromResult(known is not null && known.ETag == History?.ETag ? known : History);
        }

        public Task<bool> TryAddVersionAsync(CatalogueVersion version, CatalogueHistory? before, CancellationToken ct)
        {
            Calls++;
            if (before?.ETag != History?.ETag)
            {
                return Task.FromResult(false);
            }

            History = new CatalogueHistory([.. History?.Versions ?? [], version], FormattableString.Invariant($"{version.Number}"));
            return Task.FromResult(true);
        }

        public Task<IReadOnlyList<CatalogueFile>?> ReadFilesAsync(string hash, CancellationToken ct)
        {
            Calls++;
            return Task.FromResult(_files.GetValueOrDefault(hash));
        }

        public Task WriteFilesAsync(string hash, IReadOnlyList<CatalogueFile> files, CancellationToken ct)
        {
            Calls++;
            _files[hash] = files;
            return Task.CompletedTask;
        }

        public Task AuditApprovalAsync(CatalogueVersion version, CancellationToken ct) => Task.CompletedTask;
    }
}
