namespace DasvPipeline.Local.Azurite;

/// <summary>The data folder and the ports of Azurite. The default is in memory, on free ports.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The data folder, created if missing. Null keeps everything in memory (at most 1 GB of blobs).</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The blob service's port on 127.0.0.1; null for a free one.</summary>
    public int? BlobPort { get; init; }

    /// <summary>The queue service's port on 127.0.0.1; null for a free one.</summary>
    public int? QueuePort { get; init; }

    /// <summary>The table service's port on 127.0.0.1; null for a free one.</summary>
    public int? TablePort { get; init; }

    /// <summary>The time in which it must respond. If it does not, twice, it is started again.</summary>
    public TimeSpan ResponseLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets a sentence when it stops, and when it responds again.</summary>
    public Action<string>? Report { get; init; }
}
