using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the disclosure policy and checks that the measures and dimensions it names exist.</summary>
internal sealed class DisclosureReader(IReadOnlyDictionary<string, Dimension> dimensions, IReadOnlyDictionary<MeasureId, Measure> measures, Mistakes mistakes)
{
    public DisclosurePolicy Read(YamlMap map)
    {
        var defaults = DisclosurePolicy.Default;
        var zeros = Known(map, "hideZerosOf", "measure", [.. measures.Keys.Select(id => id.Value)]);
        var breakdowns = Known(map, "breakdowns", "dimension", [.. dimensions.Keys]);
        var policy = new DisclosurePolicy(
            map.WholeNumber("threshold", defaults.Threshold),
            [.. zeros.Select(id => new MeasureId(id))],
            map.WholeNumber("roundTo", defaults.RoundTo),
            map.WholeNumber("smallestBase", defaults.SmallestBase),
            map.Has("breakdowns") ? [.. breakdowns] : null)
        {
            Contributors = map.WholeNumber("contributors", defaults.Contributors),
        };
        return policy;
    }

    private ImmutableArray<string> Known(YamlMap map, string key, string kind, IReadOnlyCollection<string> known)
    {
        var named = map.Texts(key);
        foreach (var unknown in named.Where(id => !known.Contains(id)))
        {
            mistakes.AddUnknown(map.LocationOf(key), kind, unknown, known);
        }

        return named;
    }
}
