using System.Text.Json;
using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Disclose;

/// <summary>A sum that a release revealed, and the number that revealed it.</summary>
internal sealed record Told(string Cell, Statement Statement);

/// <summary>
/// The disclosure history of a year: everything that all releases so far reveal. It is kept private with each release.
/// The next release, combined with it, must not reveal a small count.
/// </summary>
/// <param name="Hidden">The sums that have been protected so far.</param>
/// <param name="Decision">The latest suppression decision, with a hash of the figures it was made for.</param>
internal sealed record Knowledge(IReadOnlyList<Told> Told, IReadOnlyList<Guard> Hidden, Decision? Decision)
{
    public static readonly Knowledge None = new([], [], null);

    /// <summary>Returns the history after one more release.</summary>
    public Knowledge With(IEnumerable<Told> published, IEnumerable<Guard> hidden, Decision decision) => new(
        [.. Told.Concat(published).Distinct()],
        [.. Hidden.Concat(hidden).DistinctBy(protectedSum => protectedSum.Sum)],
        decision);

    /// <summary>Adds a release that was written but never announced: its files were public for a time.</summary>
    public Knowledge And(Knowledge begun) => Told.All(begun.Told.Contains) && Hidden.All(protectedSum => begun.Hidden.Any(other => other.Sum.Equals(protectedSum.Sum)))
        ? begun
        : new Knowledge([.. Told.Concat(begun.Told).Distinct()], [.. Hidden.Concat(begun.Hidden).DistinctBy(protectedSum => protectedSum.Sum)], null);

    public byte[] ToJson()
    {
        var counts = Told.SelectMany(published => published.Statement.Sum.Counts).Concat(Hidden.SelectMany(protectedSum => protectedSum.Sum.Counts)).Distinct()
            .OrderBy(count => count.Figure, StringComparer.Ordinal).ThenBy(count => count.Value).ToList();
        var index = counts.Select((count, i) => (count, i)).ToDictionary(pair => pair.count, pair => pair.i);
        var document = new KnowledgeDocument(
            [.. counts.Select(count => new CountElement(count.Figure, count.Value))],
            [.. Told.Select(published => new ToldElement(published.Cell, Element(published.Statement.Sum), published.Statement.AtLeast, published.Statement.IsExact))],
            [.. Hidden.Select(protectedSum => new GuardElement(protectedSum.Name, Element(protectedSum.Sum)))],
            Decision);
        return JsonSerializer.SerializeToUtf8Bytes(document, KnowledgeJson.Default.KnowledgeDocument);

        SumElement Element(Sum sum) => new([.. sum.Of.Select(count => index[count])], [.. sum.Less.Select(count => index[count])]);
    }

    public static Knowledge Parse(ReadOnlySpan<byte> json)
    {
        var document = JsonSerializer.Deserialize(json, KnowledgeJson.Default.KnowledgeDocument)!;
        var counts = document.Counts.Select(count => new Count(count.Figure, count.Value)).ToList();
        return new Knowledge(
            [.. document.Told.Select(published => new Told(published.Cell, new Statement(SumOf(published.Sum), published.AtLeast, published.IsExact)))],
            [.. document.Hidden.Select(protectedSum => new Guard(SumOf(protectedSum.Sum), protectedSum.Name))],
            document.Decision);

        Sum SumOf(SumElement sum) => new([.. sum.Of.Select(i => counts[i])], [.. sum.Less.Select(i => counts[i])]);
    }
}

/// <param name="Figures">Hash of the figures and the policy. The decision is kept while the hash is the same.</param>
/// <param name="Exposed">Sums that could not be protected, because earlier releases reveal too much of them.</param>
internal sealed record Decision(string Figures, IReadOnlyList<Hiding> Hidden, IReadOnlyList<string> Exposed);

internal sealed record KnowledgeDocument(
    IReadOnlyList<CountElement> Counts, IReadOnlyList<ToldElement> Told, IReadOnlyList<GuardElement> Hidden, Decision? Decision);

internal sealed record CountElement(string Figure, long Value);

internal sealed record SumElement(IReadOnlyList<int> Of, IReadOnlyList<int> Less);

internal sealed record ToldElement(string Cell, SumElement Sum, long AtLeast, bool IsExact);

internal sealed record GuardElement(string Name, SumElement Sum);

[JsonSerializable(typeof(KnowledgeDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class KnowledgeJson : JsonSerializerContext;
