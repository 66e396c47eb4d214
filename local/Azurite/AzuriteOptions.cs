namespace DasvPipeline.Local.Azurite;

/// <summary>Where Azurite keeps its data and where it listens. The default: in memory, on free ports.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The folder that holds the data, made when missing; null keeps everything in memory (at most 1 GB of blobs).</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The blob service's port on 127.0.0.1; null takes a free one.</summary>
    public int? BlobPort { get; init; }

    /// <summary>The queue service's port on 127.0.0.1; null takes a free one.</summary>
    public int? QueuePort { get; init; }

    /// <summary>The table service's port on 127.0.0.1; null takes a free one.</summary>
    public int? TablePort { get; init; }
}
