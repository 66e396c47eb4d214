using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>
/// Compares each headline stated in the report, on its first page and in its section, with the returns: totals, and parts
/// if the report states them.
/// </summary>
internal sealed class StatedHeadlines
{
    private readonly ExpectedFigures _year;
    private readonly IReadOnlyList<BreakdownTable> _tables;
    private readonly SwappedFigures _swapped;
    private readonly StatedFigureReasons _reasons;
    private readonly ILookup<FormCell, StatedComparison> _comparisons;

    public StatedHeadlines(ExpectedFigures year, IReadOnlyList<StatedComparison> all)
    {
        (_year, _tables) = (year, BreakdownTable.CreateAll(year));
        _swapped = new SwappedFigures(year.Catalogue, _tables);
        _reasons = new StatedFigureReasons(year, all);
        _comparisons = all.ToLookup(comparison => comparison.Cell);
    }

    /// <summary>The figures that one part of the report states for a headline.</summary>
    private sealed record ReportStatement(string? Code, IReadOnlyList<Term> Parts, Bounds Total)
    {
        public Measure Measure => Parts[0].FormCell.Measure;
    }

    public IEnumerable<Discrepancy> Find() => _year.Headlines.Select(Find).OfType<Discrepancy>();

    private Discrepancy? Find(Headline headline)
    {
        var statements = _year.ByMeasure[StatedFigures.GetMeasure(headline.Id)].GroupBy(part => part.FormCell.Key.Breakdown[StatedFigures.StatementDimension])
            .Select(group => new ReportStatement(group.Key, [.. group], TotalOf([.. group]))).Where(statement => statement.Total.Low > 0 || statement.Total.IsExact)
            .ToList();
        if (statements.Count == 0)
        {
            return null;
        }

        var returned = HeadlineAmount.Calculate(headline, Breakdown.None, _year);
        var agrees = statements.TrueForAll(statement =>
            Agree(headline, statement.Total, returned)
            && statements.TrueForAll(other => Agree(headline, statement.Total, other.Total))
            && statement.Parts.All(part => Agree(headline, Bounds.FromFigure(part.Figure), HeadlineAmount.Calculate(headline, BreakdownTable.GetBreakdown(part.FormCell.Key), _year))));
        if (agrees)
        {
            return null;
        }

        var parts = headline.Measures.SelectMany(measure => _year.ByMeasure[measure]).ToList();
        return new Discrepancy(
            $"stated/{headline.Id}",
            DiscrepancyKind.StatedDiffers,
            Sentence(headline, statements, returned, parts),
            [.. _year.Figures(statements.SelectMany(statement => statement.Parts)), .. _year.Figures(parts)],
            [headline.Id],
            [.. Hints(headline, statements, returned).Distinct()]);
    }

    private static bool Agree(Headline headline, Bounds left, Bounds right) => FailedComparison.AreEqual(left, right, headline.Quantity);

    private static Bounds TotalOf(IReadOnlyList<Term> parts) => parts.Count > 1 && parts[0].FormCell.Measure.Aggregation == Aggregation.Rate
        ? Bounds.Unknown
        : parts.Aggregate(Bounds.Zero, (sum, part) => sum + Bounds.FromFigure(part.Figure));

    private string Sentence(Headline headline, List<ReportStatement> statements, Bounds returned, List<Term> parts)
    {
        var measure = statements[0].Measure;
        var first = Where(statements[0], isFirst: true);
        string stated;
        if (statements.Count > 1 && statements.TrueForAll(statement => statement.Total == statements[0].Total && statement.Parts.Count == 1))
        {
            var others = statements.Skip(1).Select(statement => Where(statement, isFirst: false));
            stated = $"{first} and {FindingText.JoinWithAnd(others)} state {StatedFigures.DescribeValue(Value(statements[0]), measure)}";
        }
        else
        {
            stated = string.Join(", ", statements.Skip(1).Select(statement => $"{Where(statement, isFirst: false)} {Value(statement)}")
                .Prepend($"{first} states {StatedFigures.DescribeValue(Value(statements[0]), measure)}"));
        }

        return $"{stated}. {Returns(headline, returned, parts, FailedComparison.DecimalsOf(statements[0].Total.Low))}.";
    }

    private string Where(ReportStatement statement, bool isFirst) => StatedFigures.DescribeLocation(_year.Catalogue, statement.Code, isFirst);

    /// <summary>Words a stated value: "774", "575 + 197 = 772".</summary>
    private static string Value(ReportStatement statement)
    {
        var quantity = statement.Measure.Quantity;
        var total = FigureFormatter.FormatValue(statement.Total, quantity);
        return statement.Parts.Count == 1 ? total : $"{string.Join(" + ", statement.Parts.Select(part => FigureFormatter.FormatValue(Bounds.FromFigure(part.Figure), quantity)))} = {total}";
    }

    private string Returns(Headline headline, Bounds returned, List<Term> parts, int decimals)
    {
        if (!parts.Exists(part => part.IsKnown))
        {
            return "No return gives the figure yet";
        }

        var missing = parts.Where(_year.IsMissing).Select(part => part.Return).Distinct().Count();
        var soFar = missing == 0 ? string.Empty : " so far";
        if (headline.Operation == Operation.Ratio)
        {
            return returned.IsExact
                ? $"The returns come to {FigureFormatter.FormatValue(decimal.Round(returned.Low, decimals + 2, MidpointRounding.AwayFromZero), Quantity.Percent)}"
                : $"The returns{soFar} do not show the figure";
        }

        var total = missing > 0 ? FigureFormatter.FormatValue(returned.Low, headline.Quantity) : FigureFormatter.FormatValue(returned, headline.Quantity);
        return headline.Operation == Operation.Latest
            ? $"The returns{soFar} come to {total}"
            : $"The returns{soFar} add up to {total}{CheckDiscrepancies.FormatParts(_year.AddUpByGroup(parts), headline.Quantity)}";
    }

    private IEnumerable<string> Hints(Headline headline, List<ReportStatement> statements, Bounds returned)
    {
        var tables = statements.Select(statement => BreakdownTable.TryCreate(statement.Measure, statement.Parts)).OfType<BreakdownTable>().ToList();
        var reported = headline.Numerators is [var only] ? _tables.FirstOrDefault(table => table.Measure.Id == only) : null;
        var hints = new List<string>();
        foreach (var statement in statements)
        {
            foreach (var part in statement.Parts)
            {
                var reasons = _comparisons[part.FormCell].SelectMany(_reasons.Find).ToList();
                if (statement is { Parts.Count: 1, Total.IsExact: true } && !Agree(headline, statement.Total, returned)
                    && _swapped.FindInTotal(statement.Total.Low, reported is null ? tables : [.. tables, reported]) is { } swapped)
                {
                    reasons.Add(swapped);
                }

                if (StatedFigureReasons.Describe(reasons) is { } hint)
                {
                    hints.Add(hint);
                }
            }
        }

        hints.AddRange(tables.Where(_ => reported is not null && hints.Count == 0).Select(table => _swapped.FindInParts(table, reported!)).OfType<Reason>().Select(reason => reason.ToString()));

        // If the report agrees with itself, the mistake may be in a return.
        return hints.Count > 0 || !statements.TrueForAll(statement => statement.Total == statements[0].Total)
            ? hints
            : statements.SelectMany(statement => statement.Parts).SelectMany(part => _comparisons[part.FormCell]).Select(_reasons.FindInReturns).OfType<Reason>().Select(reason => reason.ToString());
    }
}
