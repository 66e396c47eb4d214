using System.Collections.Immutable;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the checks and makes sure that each applies to figures that the returns report.</summary>
internal sealed class CheckReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    ILookup<MeasureId, FigureKey> reported,
    Mistakes mistakes)
{
    private enum Operation
    {
        None,
        Range,
        Change,
        Equal,
        NotAbove,
    }

    public CheckSet Read(YamlMap map)
    {
        var checks = new List<FigureCheck>();
        foreach (var item in map.Maps("checks"))
        {
            if (ReadCheck(item) is { } check)
            {
                if (checks.Exists(other => other.Id == check.Id))
                {
                    mistakes.Add(item.Place, $"the check '{check.Id}' appears twice.");
                }

                checks.Add(check);
            }
        }

        map.Done();
        foreach (var period in checks.OfType<ChangeCheck>().Where(check => check.Each.IsEmpty).GroupBy(check => check.From).Where(group => group.Count() > 1))
        {
            mistakes.Add(map.PlaceOf("checks"), $"'{string.Join("' and '", period.Select(check => check.Id))}' both apply to every flow, with the same 'from'.");
        }

        return new CheckSet([.. checks.OfType<RangeCheck>()], [.. checks.OfType<ChangeCheck>()], [.. checks.OfType<ComparisonCheck>()]);
    }

    private FigureCheck? ReadCheck(YamlMap map)
    {
        var id = map.Id("id");
        var operation = map.Choice(
            "operation", Operation.None, ("range", Operation.Range), ("change", Operation.Change), ("equal", Operation.Equal), ("not-above", Operation.NotAbove));
        var (of, each, to) = (ReadTerms(map, "of"), ReadTerms(map, "each"), ReadTerms(map, "to"));
        var by = map.Texts("by");
        var (min, max) = (map.OptionalNumber("min"), map.OptionalNumber("max"));
        var from = map.Choice<Earlier?>("from", null, ("last-period", Earlier.LastPeriod), ("last-year", Earlier.LastYear));
        var (absolute, relative) = (map.OptionalNumber("absolute"), map.OptionalNumber("relative"));
        map.Done();
        if (operation == Operation.None)
        {
            if (!map.Has("operation"))
            {
                mistakes.Add(map.Place, "'operation' is missing.");
            }

            return null;
        }

        var isComparison = operation is Operation.Equal or Operation.NotAbove;
        Needs(map, id, "exactly one of 'of' and 'each'", (of.IsEmpty != each.IsEmpty) || (operation == Operation.Change && of.IsEmpty && each.IsEmpty));
        Needs(map, id, "'to' if it is equal or not-above, and no 'to' otherwise", isComparison != to.IsEmpty);
        Needs(map, id, "to leave out 'by': only equal and not-above can have it", isComparison || by.IsEmpty);
        Needs(map, id, "'min' or 'max' if it is a range, and neither otherwise", (operation == Operation.Range) == (min is not null || max is not null));
        Needs(map, id, "a 'min' that is less than its 'max'", !(min >= max));
        Needs(map, id, "'from', 'absolute' and 'relative' if it is a change, and none of them otherwise", operation == Operation.Change
            ? from is not null && absolute is not null && relative is not null
            : from is null && absolute is null && relative is null);
        if (!isComparison)
        {
            Needs(map, id, "'each' if it has several measures: bounds apply to one figure at a time", of.Length <= 1);
            return operation == Operation.Range
                ? new RangeCheck(id, [.. of, .. each], min, max)
                : new ChangeCheck(id, [.. of, .. each], from ?? default, absolute ?? 0, relative ?? 0);
        }

        var check = new ComparisonCheck(id, of.IsEmpty ? [.. each.Select(term => ImmutableArray.Create(term))] : [of], to, operation == Operation.NotAbove, by);
        CheckSums(map, check);
        CheckBy(map, check);
        return check;
    }

    /// <summary>Checks that a percentage is compared only with a percentage, and is never added up.</summary>
    private void CheckSums(YamlMap map, ComparisonCheck check)
    {
        var isRate = check.Terms.Select(term => measures.GetValueOrDefault(term.Measure)).OfType<Measure>().Select(measure => measure.Adds == Adds.Rate).Distinct().ToList();
        Needs(map, check.Id, "percentages in both operands or in neither", isRate.Count <= 1);
        Needs(map, check.Id, "a single percentage in each operand: percentages are never added up", !isRate.Contains(true) || check.Of.Append(check.To).All(terms => terms.Length <= 1));
    }

    private void CheckBy(YamlMap map, ComparisonCheck check)
    {
        foreach (var dimension in check.By)
        {
            if (!dimensions.ContainsKey(dimension))
            {
                mistakes.AddUnknown(map.PlaceOf("by"), "dimension", dimension, dimensions.Keys);
                continue;
            }

            foreach (var term in check.Terms.Where(term => reported[term.Measure].Where(term.Includes).Any(key => Dimension.CodeOf(key, dimension) is null)))
            {
                mistakes.Add(map.PlaceOf("by"), $"'{term.Measure}' is reported without '{dimension}', so 'by' cannot use it.");
            }
        }
    }

    private void Needs(YamlMap map, string id, string requirement, bool isMet)
    {
        if (!isMet)
        {
            mistakes.Add(map.Place, $"the check '{id}' needs {requirement}.");
        }
    }

    private ImmutableArray<Term> ReadTerms(YamlMap map, string key)
    {
        var terms = ImmutableArray.CreateBuilder<Term>();
        foreach (var item in map.MapsOrTexts(key, "measure"))
        {
            var before = mistakes.Count;
            var place = item.PlaceOf("measure");
            var measure = new MeasureId(item.Text("measure"));
            if (measure.Value.Length > 0 && !measures.ContainsKey(measure))
            {
                mistakes.AddUnknown(place, "measure", measure.Value, measures.Keys.Select(known => known.Value));
            }

            var codes = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
            foreach (var dimension in dimensions.Values.Where(dimension => item.Has(dimension.Id)))
            {
                var named = item.Texts(dimension.Id);
                foreach (var code in named.Where(code => dimension.Find(code) is null))
                {
                    mistakes.AddUnknown(item.PlaceOf(dimension.Id), $"code in '{dimension.Id}'", code, dimension.Codes.Select(known => known.Id));
                }

                codes.Add(dimension.Id, named);
            }

            item.Done();
            var term = new Term(measure, codes.ToImmutable());
            if (mistakes.Count == before && !reported[measure].Any(term.Includes))
            {
                mistakes.Add(place, $"no return reports '{measure}' with these codes.");
            }

            terms.Add(term);
        }

        return terms.ToImmutable();
    }
}
