using System.Text.Json;
using System.Text.Json.Serialization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>
/// What the manager approved. Figures that arrive after the approval wait for the next one. Decisions cannot change in between, because they
/// withdraw the approval. If the catalogue or the code changes, the content hash differs, and the release is not published.
/// </summary>
/// <param name="ContentHash">The content hash of the release; null if it changes nothing.</param>
/// <param name="AsOf">The day on which the figures are looked at.</param>
/// <param name="Years">The versions of the returns of each open year.</param>
/// <param name="Pending">The entries of the queue that the release publishes.</param>
internal sealed record ApprovedContent(
    string? ContentHash, DateOnly AsOf, SortedDictionary<string, SortedDictionary<string, int>> Years, IReadOnlyList<ApprovedReturn> Pending)
{
    public static ApprovedContent Create(PublishQueue queue, ReleasePlan plan, DateOnly asOf) => new(
        plan.Release?.ContentHash,
        asOf,
        new SortedDictionary<string, SortedDictionary<string, int>>(
            plan.Years.Where(year => queue.Decisions.GetYear(year.Year)?.SignedOffVersions is null).ToDictionary(
                year => year.Year.ToString(),
                year => new SortedDictionary<string, int>(year.After.Versions.ToDictionary(version => version.Key.ToString(), version => version.Value), StringComparer.Ordinal)),
            StringComparer.Ordinal),
        [.. queue.Pending.Select(pending => new ApprovedReturn(pending.Key.ToString(), pending.Version, pending.Token))]);

    public static ApprovedContent Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ApprovedContentJson.Default.ApprovedContent)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ApprovedContentJson.Default.ApprovedContent);

    /// <summary>Returns true if a release that was built from the approved versions is the one that was approved.</summary>
    public bool IsOf(Release? release, CurrentRelease? current) =>
        release is not null ? release.ContentHash == ContentHash : ContentHash is null || ContentHash == current?.ContentHash;

    /// <summary>Returns the queue as it was approved. Entries that changed after that are left out, so they stay in the queue.</summary>
    public PublishQueue Apply(PublishQueue queue)
    {
        var approved = Pending.Select(pending => (pending.Return, pending.Version, pending.Token)).ToHashSet();
        return queue with
        {
            AsOf = AsOf,
            Pending = [.. queue.Pending.Where(pending => approved.Contains((pending.Key.ToString(), pending.Version, pending.Token)))],
            ApprovedVersions = Years.ToDictionary(
                year => Period.Parse(year.Key),
                year => (IReadOnlyDictionary<ReturnKey, int>)year.Value.ToDictionary(version => ReturnKey.Parse(version.Key), version => version.Value)),
        };
    }
}

internal sealed record ApprovedReturn(string Return, int Version, string Token);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApprovedContent))]
internal sealed partial class ApprovedContentJson : JsonSerializerContext;
