using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the checks and makes sure that each applies to figures that the returns report.</summary>
internal sealed class CheckReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    ILookup<MeasureId, FigureKey> reported,
    Mistakes mistakes)
{
    private enum CheckOperation
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
            if (ReadCheck(item) is { } read)
            {
                var check = read with { Validity = item.ReadValidity(mistakes) };
                if (checks.Exists(other => other.Id == check.Id))
                {
                    mistakes.Add(item.Location, $"the check '{check.Id}' appears twice.");
                }

                checks.Add(check);
            }
        }

        var defaults = checks.OfType<ChangeCheck>().Where(check => check.Terms.IsEmpty).ToList();
        foreach (var (check, other) in defaults.SelectMany((check, i) => defaults.Skip(i + 1), (check, other) => (check, other))
            .Where(pair => pair.check.ComparisonBase == pair.other.ComparisonBase && pair.check.Validity.Overlaps(pair.other.Validity)))
        {
            mistakes.Add(map.LocationOf("checks"), $"'{check.Id}' and '{other.Id}' both apply to every flow, with the same 'comparedWith'.");
        }

        return new CheckSet([.. checks.OfType<RangeCheck>()], [.. checks.OfType<ChangeCheck>()], [.. checks.OfType<ComparisonCheck>()]);
    }

    private FigureCheck? ReadCheck(YamlMap map)
    {
        var id = map.Text("id");
        var operation = map.Choice(
            "operation", CheckOperation.None, ("range", CheckOperation.Range), ("change", CheckOperation.Change), ("equal", CheckOperation.Equal), ("not-above", CheckOperation.NotAbove));
        var (of, each, to) = (ReadTerms(map, "of"), ReadTerms(map, "each"), ReadTerms(map, "to"));
        var by = map.Texts("by");
        var (min, max) = (map.OptionalNumber("min"), map.OptionalNumber("max"));
        var from = map.Choice<ComparisonBase?>("comparedWith", null, ("last-period", ComparisonBase.LastPeriod), ("last-year", ComparisonBase.LastYear));
        var (absolute, relative) = (map.OptionalNumber("absolute"), map.OptionalNumber("relative"));
        var isUsuallyLess = map.Choice("usual", false, ("less", true));
        if (operation == CheckOperation.None)
        {
            return null;
        }

        var isComparison = operation is CheckOperation.Equal or CheckOperation.NotAbove;
        Require(map, id, "exactly one of 'of' and 'each'", (of.IsEmpty != each.IsEmpty) || (operation == CheckOperation.Change && of.IsEmpty && each.IsEmpty));
        Require(map, id, "'to' if it is equal or not-above, and no 'to' otherwise", isComparison != to.IsEmpty);
        Require(map, id, "to leave out 'by': only equal and not-above can have it", isComparison || by.IsEmpty);
        Require(map, id, "'min' or 'max' if it is a range, and neither otherwise", (operation == CheckOperation.Range) == (min is not null || max is not null));
        Require(map, id, "a 'min' that is less than its 'max'", !(min >= max));
        Require(map, id, "'comparedWith', 'absolute' and 'relative' if it is a change, and none of them otherwise", operation == CheckOperation.Change
            ? from is not null && absolute is not null && relative is not null
            : from is null && absolute is null && relative is null);
        Require(map, id, "to leave out 'usual': only not-above can have it", operation == CheckOperation.NotAbove || !isUsuallyLess);
        if (!isComparison)
        {
            Require(map, id, "'each' if it has several measures: bounds apply to one figure at a time", of.Length <= 1);
            return operation == CheckOperation.Range
                ? new RangeCheck(id, [.. of, .. each], min, max)
                : new ChangeCheck(id, [.. of, .. each], from ?? default, absolute ?? 0, relative ?? 0);
        }

        var check = new ComparisonCheck(id, of.IsEmpty ? [.. each.Select(term => ImmutableArray.Create(term))] : [of], to, operation == CheckOperation.NotAbove, by) { IsUsuallyLess = isUsuallyLess };
        CheckSums(map, check);
        CheckBy(map, check);
        return check;
    }

    /// <summary>Checks that a percentage is compared only with a percentage, and is never added up.</summary>
    private void CheckSums(YamlMap map, ComparisonCheck check)
    {
        var isRate = check.Terms.Select(term => measures.GetValueOrDefault(term.Measure)).OfType<Measure>().Select(measure => measure.Aggregation == Aggregation.Rate).Distinct().ToList();
        Require(map, check.Id, "percentages in both operands or in neither", isRate.Count <= 1);
        Require(map, check.Id, "a single percentage in each operand: percentages are never added up", !isRate.Contains(true) || check.LeftOperands.Append(check.RightOperand).All(terms => terms.Length <= 1));
    }

    private void CheckBy(YamlMap map, ComparisonCheck check)
    {
        foreach (var dimension in check.SeparateDimensions)
        {
            if (!dimensions.ContainsKey(dimension))
            {
                mistakes.AddUnknown(map.LocationOf("by"), "dimension", dimension, dimensions.Keys);
                continue;
            }

            foreach (var term in check.Terms.Where(term => reported[term.Measure].Where(term.Includes).Any(key => Dimension.CodeOf(key, dimension) is null)))
            {
                mistakes.Add(map.LocationOf("by"), $"'{term.Measure}' is reported without '{dimension}', so 'by' cannot use it.");
            }
        }
    }

    private void Require(YamlMap map, string id, string requirement, bool isMet)
    {
        if (!isMet)
        {
            mistakes.Add(map.Location, $"the check '{id}' needs {requirement}.");
        }
    }

    private ImmutableArray<TermDefinition> ReadTerms(YamlMap map, string key)
    {
        var terms = ImmutableArray.CreateBuilder<TermDefinition>();
        foreach (var item in map.MapsOrTexts(key, "measure"))
        {
            var before = mistakes.Count;
            var place = item.LocationOf("measure");
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
                    mistakes.AddUnknown(item.LocationOf(dimension.Id), $"code in '{dimension.Id}'", code, dimension.Codes.Select(known => known.Id));
                }

                codes.Add(dimension.Id, named);
            }

            foreach (var (unknown, _, keyPlace) in item.UnreadEntries())
            {
                mistakes.AddUnknown(keyPlace, "key or dimension", unknown, [.. item.ReadKeys, .. dimensions.Keys]);
            }

            var term = new TermDefinition(measure, codes.ToImmutable());
            if (mistakes.Count == before && !reported[measure].Any(term.Includes))
            {
                mistakes.Add(place, $"no return reports '{measure}' with these codes.");
            }

            terms.Add(term);
        }

        return terms.ToImmutable();
    }
}
