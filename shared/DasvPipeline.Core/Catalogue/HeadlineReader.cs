using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads one headline and checks that it can be calculated from the figures that the returns report.</summary>
internal sealed class HeadlineReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    ILookup<MeasureId, (Form Form, FormCell Cell)> reported,
    Mistakes mistakes)
{
    public Headline Read(YamlMap map)
    {
        var id = new HeadlineId(map.Text("id"));
        var operation = map.Choice("operation", Operation.Sum, ("sum", Operation.Sum), ("latest", Operation.Latest), ("ratio", Operation.Ratio));
        var of = ReadMeasures(map, "of");
        var over = ReadMeasures(map, "over");
        var first = of.Select(measure => measures.GetValueOrDefault(measure)).FirstOrDefault();
        var isRatio = operation == Operation.Ratio;
        var headline = new Headline(
            id,
            map.Text("title"),
            operation,
            of,
            over,
            map.OptionalText("unit") ?? first?.Unit ?? string.Empty,
            isRatio ? Quantity.Percent : first?.Quantity ?? Quantity.Count,
            map.Text("sentence"),
            map.OptionalNumber("target"),
            map.Texts("breakdowns"),
            map.Texts("notes"))
        {
            Validity = map.ReadValidity(mistakes),
            Breaks = [.. map.ReadBreaks(mistakes).Concat(of.Concat(over).Where(measures.ContainsKey).SelectMany(measure => measures[measure].Breaks)).Distinct().OrderBy(item => item.In)],
            IsCumulative = of.Concat(over).Any(measure => measures.TryGetValue(measure, out var known) && known.Coverage == Coverage.Project),
        };

        if (isRatio == over.IsEmpty)
        {
            mistakes.Add(map.Location, $"the headline '{id}': a ratio needs measures in 'over', and no other operation can have them.");
        }

        foreach (var breakdown in headline.Breakdowns.Where(breakdown => !dimensions.ContainsKey(breakdown)))
        {
            mistakes.AddUnknown(map.LocationOf("breakdowns"), "dimension", breakdown, dimensions.Keys);
        }

        foreach (var breakdown in headline.Breakdowns.Where(breakdown => dimensions.ContainsKey(breakdown) && !IsReportedBy(headline, breakdown)))
        {
            mistakes.Add(map.LocationOf("breakdowns"), $"no return reports the figures of '{id}' by '{breakdown}'.");
        }

        foreach (var key in new[] { "of", "over" })
        {
            foreach (var measure in (key == "of" ? of : over).Where(measures.ContainsKey).Select(measure => measures[measure]))
            {
                CheckAdds(map.LocationOf(key), headline, measure);
            }
        }

        return headline;
    }

    private bool IsReportedBy(Headline headline, string dimension) => headline.Measures.SelectMany(measure => reported[measure])
        .Any(pair => dimension == Dimension.Area ? pair.Cell.Key.Area != AreaId.All : pair.Cell.Key.Breakdown[dimension] is not null);

    private void CheckAdds(SourceLocation place, Headline headline, Measure measure)
    {
        if (measure.Aggregation == Aggregation.Rate)
        {
            mistakes.Add(place, $"'{measure.Id}' is a percentage: percentages are never added up. Use a ratio of the counts behind it.");
        }
        else if (headline.Operation != Operation.Latest && measure.Aggregation == Aggregation.Stock)
        {
            mistakes.Add(place, $"'{measure.Id}' is a stock: its quarters are not added up. Use operation: latest.");
        }
        else if (headline.Operation == Operation.Latest && measure.Aggregation != Aggregation.Stock)
        {
            mistakes.Add(place, $"'{measure.Id}' is not a stock: operation latest would ignore all but its last quarter.");
        }
        else if (measure.Aggregation == Aggregation.Distinct && reported[measure.Id].Any(pair => pair.Form.Frequency == Frequency.Quarter))
        {
            mistakes.Add(place, $"'{measure.Id}' counts people once a year, but is reported by quarter: its quarters cannot be added up.");
        }

        if (!reported[measure.Id].Any())
        {
            mistakes.Add(place, $"no return reports '{measure.Id}'.");
        }
    }

    private ImmutableArray<MeasureId> ReadMeasures(YamlMap map, string key)
    {
        var ids = map.Texts(key).Select(text => new MeasureId(text)).ToImmutableArray();
        foreach (var id in ids.Where(id => !measures.ContainsKey(id)))
        {
            mistakes.AddUnknown(map.LocationOf(key), "measure", id.Value, measures.Keys.Select(known => known.Value));
        }

        foreach (var duplicate in ids.GroupBy(id => id).Where(group => group.Count() > 1))
        {
            mistakes.Add(map.LocationOf(key), $"'{duplicate.Key}' appears twice, so it would be counted twice.");
        }

        return ids;
    }
}
