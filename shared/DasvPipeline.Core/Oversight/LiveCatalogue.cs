using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight;

/// <summary>The catalogue that a host starts with.</summary>
/// <param name="IsFixed">True if the host uses these files whatever is stored: a catalogue in a folder, to try it.</param>
public sealed record CatalogueSource(IReadOnlyList<CatalogueFile> Files, bool IsFixed)
{
    private readonly Lazy<PartnershipCatalogue> _loaded = new(() => PartnershipCatalogue.Load(Files));

    /// <param name="files">The files of a folder, which are used whatever is stored; null for those of the installation.</param>
    public static CatalogueSource Create(IReadOnlyList<CatalogueFile>? files) => new(files ?? PartnershipCatalogue.EmbeddedFiles(), IsFixed: files is not null);

    /// <summary>Returns the catalogue of the files. They are read once, because this takes a third of a start.</summary>
    /// <exception cref="CatalogueException">The files have mistakes.</exception>
    public PartnershipCatalogue Load() => _loaded.Value;
}

/// <summary>
/// The live catalogue in storage, kept in memory for a short time. A run takes it once, when it starts, and uses it throughout. A store
/// without a catalogue gets the files of the source as version 1.
/// </summary>
public sealed class LiveCatalogue : IDisposable
{
    /// <summary>The time after which storage is asked again whether the catalogue has changed. It makes one call.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private const string Pipeline = "the pipeline";
    private const string FirstReason = "The catalogue of the installation.";

    private readonly ICatalogueStore _store;
    private readonly CatalogueSource _source;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private State _state;

    public LiveCatalogue(ICatalogueStore store, CatalogueSource source, TimeProvider clock)
    {
        (_store, _source, _clock) = (store, source, clock);
        _state = new State(source.Load(), null, DateTimeOffset.MinValue);
    }

    /// <summary>The catalogue that this host started with.</summary>
    public CatalogueSource Source => _source;

    /// <summary>True if the catalogue cannot be changed, because this host uses that of a folder.</summary>
    public bool IsFixed => _source.IsFixed;

    /// <summary>The catalogue as it was last read, or that of the source. For names on pages that are shown without storage.</summary>
    public PartnershipCatalogue Newest => _state.Catalogue;

    /// <summary>Returns the live catalogue.</summary>
    /// <exception cref="CatalogueException">The live version has mistakes. Only a version that a later release of the software does not accept can.</exception>
    public async Task<PartnershipCatalogue> ReadAsync(CancellationToken ct)
    {
        if (_source.IsFixed || IsFresh())
        {
            return _state.Catalogue;
        }

        await _reading.WaitAsync(ct);
        try
        {
            return IsFresh() ? _state.Catalogue : (await RefreshAsync(ct)).Catalogue;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Returns the versions of the catalogue as they are now, and makes this host use the live one.</summary>
    /// <returns>Null if the catalogue is fixed.</returns>
    public async Task<CatalogueHistory?> ReadHistoryAsync(CancellationToken ct)
    {
        if (_source.IsFixed)
        {
            return null;
        }

        await _reading.WaitAsync(ct);
        try
        {
            return (await RefreshAsync(ct)).History;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsFresh() => _state.History is not null && _clock.GetUtcNow() - _state.At < Lifetime;

    private async Task<State> RefreshAsync(CancellationToken ct)
    {
        var history = await _store.ReadHistoryAsync(_state.History, ct) ?? await SeedAsync(ct);
        var catalogue = history.Live.Number == _state.Catalogue.Number && history.Live.Hash == _state.Catalogue.Hash ? _state.Catalogue : await LoadAsync(history.Live, ct);
        return _state = new State(catalogue, history, _clock.GetUtcNow());
    }

    /// <summary>Returns a version of the catalogue. Files with the hash of the source are those of the source, which is already loaded.</summary>
    private async Task<PartnershipCatalogue> LoadAsync(CatalogueVersion version, CancellationToken ct)
    {
        var reason = version.Number == 1 ? null : version.Reason;
        return version.Hash == _source.Load().Hash
            ? _source.Load().AsVersion(version.Number, reason)
            : PartnershipCatalogue.Load(
                await _store.ReadFilesAsync(version.Hash, ct) ?? throw new InvalidOperationException($"The files of version {version.Number} of the catalogue are missing."),
                version.Number,
                reason);
    }

    private async Task<CatalogueHistory> SeedAsync(CancellationToken ct)
    {
        var first = new CatalogueVersion(1, PartnershipCatalogue.HashOf(_source.Files), _clock.GetUtcNow(), Pipeline, string.Empty, FirstReason);
        await _store.WriteFilesAsync(first.Hash, _source.Files, ct);
        await _store.TryAddVersionAsync(first, before: null, ct); // if another host was faster, its version is read
        return await _store.ReadHistoryAsync(known: null, ct) ?? throw new InvalidOperationException("The list of the catalogue's versions is missing.");
    }

    private sealed record State(PartnershipCatalogue Catalogue, CatalogueHistory? History, DateTimeOffset At);
}
