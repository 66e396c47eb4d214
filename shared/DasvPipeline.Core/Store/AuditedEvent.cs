namespace DasvPipeline.Core.Store;

/// <summary>A file that somebody sends, or may send, by way of the portal.</summary>
/// <param name="By">The name that whoever sends it is signed in with.</param>
/// <param name="IsGrant">Whether it is to be put there later, by way of an upload link.</param>
public sealed record SentFile(string Path, string By, DateTimeOffset At, bool IsGrant);

/// <summary>Something that happened to a return.</summary>
/// <param name="Name">
/// sent, link-granted, accepted, accepted-with-queries, explained, rejected, withdrawn or explanation-given.
/// </param>
/// <param name="Version">The version it is about; 0 where it is about none.</param>
/// <param name="By">Who did it; null where the pipeline did.</param>
/// <param name="Text">The explanation, in the words of whoever gave it.</param>
public sealed record AuditedEvent(string Name, DateTimeOffset At, int Version, string? By, string? Text);
