using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the forms that a return has one after another: a new one starts where a table, a row or a column starts or ends.</summary>
internal sealed class FormSequenceReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    IReadOnlyDictionary<AgencyId, Agency> agencies,
    Mistakes mistakes)
{
    /// <summary>Used if the first period is missing or wrong, so that the other mistakes are found too.</summary>
    private static readonly Period Unknown = Period.FromYear(1900);

    /// <returns>The forms in the order of time. Empty if the return is never due.</returns>
    public ImmutableArray<Form> Read(YamlMap map)
    {
        var every = map.Choice("every", Frequency.Quarter, ("quarter", Frequency.Quarter), ("year", Frequency.Year));
        var own = map.ReadValidity(mistakes);
        CheckYears(map, every, own);
        var agency = agencies.GetValueOrDefault(new AgencyId(map.Text("agency")))?.Validity ?? Validity.Always;
        var validity = own.Intersect(agency);
        if (validity.IsEmpty && !own.IsEmpty)
        {
            mistakes.Add(map.LocationOf("from"), "the return is never due: its agency sends returns only " + (agency.Until is { } end && end.End < own.From!.Value.Start ? $"until {end}." : $"from {agency.From}."));
        }

        var first = FirstIn(validity.From ?? Unknown, every);
        var last = validity.Until is { } until ? LastIn(until, every) : (Period?)null;
        var starts = GetChanges(map, every).Where(start => start > first && !(start > last)).Append(first).Distinct().Order().ToList();
        return [.. starts.Select((start, i) => new FormReader(dimensions, measures, mistakes, start).Read(map, every, i + 1 < starts.Count ? starts[i + 1].Previous : last))];
    }

    private void CheckYears(YamlMap map, Frequency every, Validity own)
    {
        foreach (var (key, value) in new[] { ("from", own.From), ("until", own.Until) })
        {
            if (every == Frequency.Year && value is { IsYear: false } quarter)
            {
                mistakes.Add(map.LocationOf(key), $"'{key}' is '{quarter}', but the return is due every year. Write {quarter.Year}.");
            }
        }
    }

    /// <summary>Returns the periods in which a table, a row or a column starts, or has just ended.</summary>
    private IEnumerable<Period> GetChanges(YamlMap map, Frequency every)
    {
        var tables = map.Maps("tables");
        foreach (var validity in tables.Concat(tables.SelectMany(table => table.Maps("rows").Concat(table.Maps("columns")))).Select(item => item.ReadValidity(mistakes)))
        {
            if (validity.From is { } from)
            {
                yield return FirstIn(from, every);
            }

            if (validity.Until is { } until)
            {
                yield return LastIn(until, every).Next;
            }
        }
    }

    private static Period FirstIn(Period period, Frequency every) => every == Frequency.Year ? period.Year : period.IsYear ? period.WithQuarter(1) : period;

    private static Period LastIn(Period period, Frequency every) => every == Frequency.Year ? period.Year : period.IsYear ? period.WithQuarter(4) : period;
}
