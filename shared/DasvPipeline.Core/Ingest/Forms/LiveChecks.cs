using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// Creates the formulas that check a form while people fill it in: likely ranges, changes from the earlier figures in the next columns, and parts
/// against wholes. Their results are sentences. They are help, and never data: the same checks are applied to the file that is sent.
/// </summary>
internal sealed class LiveChecks
{
    private const string Fine = "OK";
    private const string NotNumbers = "Text is not checked here.";

    private readonly FormChecks _checks;
    private readonly Period _period;
    private readonly IReadOnlyList<FormTableLayout> _layouts;
    private readonly ILookup<(FormTable Table, int Row), (FormCell[] Part, FormCell[] Whole, ComparisonCheck Check)> _comparisons;

    public LiveChecks(PartnershipCatalogue catalogue, Form form, Period period, IReadOnlyList<FormTableLayout> layouts)
    {
        (_checks, _period, _layouts) = (catalogue.GetChecks(form, period), period, layouts);
        _comparisons = _checks.Comparisons.SelectMany(check => FindComparisons(form, check)).ToLookup(item => PlaceOf(item.Part), item => item);
    }

    /// <summary>Returns the formula of the checks of a row. It shows the first check that fails, and nothing while the row is empty.</summary>
    public string CreateFormula(FormTableLayout layout, int row)
    {
        var cells = Enumerable.Range(0, layout.Table.Columns.Length).Select(column => layout.Table[row, column]).OfType<FormCell>().ToList();
        List<(string Condition, string Message)> checks =
        [
            .. cells.SelectMany(cell => CheckFigure(layout, cell)),
            .. _comparisons[(layout.Table, row)].SelectMany(item => Compare(layout, item.Part, item.Whole, item.Check)),
        ];
        var inputs = cells.Count > 0
            ? cells.ConvertAll(cell => layout.AddressOf(cell.Row, cell.Column, layout.Sheet))
            : [.. Enumerable.Range(0, layout.Table.Columns.Length).SelectMany(column => layout.Table.GetParts(row, column)).Distinct().Select(part => layout.AddressOf(part.Row, part.Column, layout.Sheet))];
        var list = string.Join(',', inputs);
        var done = $"IF(COUNT({list})={Text(inputs.Count)},{Quote(Fine)},IF(COUNTA({list})={Text(inputs.Count)},{Quote(NotNumbers)},\"\"))";
        return $"IF(COUNTA({list})=0,\"\",{string.Concat(checks.Select(check => $"IF({check.Condition},{Quote(check.Message)},"))}{done}{new string(')', checks.Count + 1)}";
    }

    /// <summary>Returns the checks of one figure: its likely range, and the changes from the earlier figures that the form shows.</summary>
    private IEnumerable<(string Condition, string Message)> CheckFigure(FormTableLayout layout, FormCell cell)
    {
        if (!_checks.ChecksByMeasure.TryGetValue(cell.Measure.Id, out var checks))
        {
            yield break;
        }

        var scale = layout.Table.Scale;
        var address = layout.AddressOf(cell.Row, cell.Column, layout.Sheet);
        var prefix = layout.Table.IsList ? string.Empty : $"{layout.Table.Columns[cell.Column].Label}: ";
        foreach (var check in checks.Ranges.Where(check => check.Terms.Any(term => term.Includes(cell.Key))))
        {
            string[] bounds = [.. check.Min is { } min ? [$"{address}<{Text(min / scale)}"] : Array.Empty<string>(), .. check.Max is { } max ? [$"{address}>{Text(max / scale)}"] : Array.Empty<string>()];
            yield return ($"IF(ISNUMBER({address}),OR({string.Join(',', bounds)}),FALSE)", $"{prefix}Usually {FigureFormatter.FormatRange(check.Min / scale, check.Max / scale, cell.Measure.Quantity)}.");
        }

        foreach (var check in checks.Changes.Where(check => check.Terms.IsEmpty || check.Terms.Any(term => term.Includes(cell.Key))))
        {
            var earlier = check.ComparisonBase == ComparisonBase.LastPeriod ? _period.Previous : _period.PreviousYear;
            if (layout.ColumnOf(FormColumnKind.Earlier, cell.Column, earlier) is not 0 and var column)
            {
                var before = new CellRef(null, layout.FirstRow + cell.Row, column).Address;
                yield return (
                    $"IF(COUNT({address},{before})=2,AND(ABS({address}-{before})>{Text(check.Absolute / scale)},ABS({address}-{before})>{Text(check.Relative)}*{before}),FALSE)",
                    $"{prefix}Far from {earlier.Label}.");
            }
        }
    }

    private IEnumerable<(string Condition, string Message)> Compare(FormTableLayout layout, FormCell[] part, FormCell[] whole, ComparisonCheck check)
    {
        var (left, right) = (Addresses(layout, part), Addresses(layout, whole));
        var areNumbers = $"COUNT({left},{right})={Text(part.Length + whole.Length)}";
        var difference = $"ROUND(SUM({left})-SUM({right}),2)";
        var names = (Part: Describe(part, layout.Table), Whole: Describe(whole, layout.Table));
        yield return check.CanBeLess
            ? ($"IF({areNumbers},{difference}>0,FALSE)", $"{names.Part} cannot be more than {names.Whole}.")
            : ($"IF({areNumbers},{difference}<>0,FALSE)", $"{names.Part} should equal {names.Whole}.");
        if (check.IsUsuallyLess)
        {
            yield return ($"IF({areNumbers},AND({difference}=0,SUM({right})>0),FALSE)", $"{names.Part} is the same as {names.Whole}. It is usually less.");
        }
    }

    private string Addresses(FormTableLayout layout, FormCell[] cells) =>
        string.Join(',', cells.Select(cell => _layouts.Single(other => other.Table == cell.Table).AddressOf(cell.Row, cell.Column, layout.Sheet)));

    /// <summary>Returns the row that shows a comparison: the total of the parts if their table has one, and otherwise the last part.</summary>
    private static (FormTable Table, int Row) PlaceOf(FormCell[] part)
    {
        var last = part[^1];
        var rows = part.Where(cell => cell.Table == last.Table).Select(cell => cell.Row).Distinct().ToList();
        var total = Enumerable.Range(0, last.Table.Rows.Length).Where(row => last.Table.Rows[row].IsTotal && last.Table.GetParts(row, last.Column).Select(item => item.Row).Order().SequenceEqual(rows.Order())).ToList();
        return (last.Table, rows.Count > 1 && total is [var only, ..] ? only : last.Row);
    }

    /// <summary>Returns the figures that a check compares, for each code of the dimensions in which it is made separately. Percentages do not add up.</summary>
    private static IEnumerable<(FormCell[] Part, FormCell[] Whole, ComparisonCheck Check)> FindComparisons(Form form, ComparisonCheck check)
    {
        var breakdowns = check.SeparateDimensions.IsEmpty
            ? [[]]
            : check.RightOperand.SelectMany(term => form.Cells.Where(cell => term.Includes(cell.Key)))
                .Select(cell => check.SeparateDimensions.Select(dimension => (dimension, Code: Dimension.CodeOf(cell.Key, dimension))).ToArray()).DistinctBy(codes => string.Join('|', codes)).ToArray();
        return from breakdown in breakdowns
               let whole = Find(form, check.RightOperand, breakdown)
               from terms in check.LeftOperands
               let part = Find(form, terms, breakdown)
               where part.Length > 0 && whole.Length > 0 && part.Concat(whole).All(cell => cell.Measure.Aggregation != Aggregation.Rate)
               select (part, whole, check);
    }

    private static FormCell[] Find(Form form, IEnumerable<TermDefinition> terms, (string Dimension, string? Code)[] breakdown)
    {
        var found = terms.Select(term => form.Cells.Where(cell => term.Includes(cell.Key) && Array.TrueForAll(breakdown, code => Dimension.CodeOf(cell.Key, code.Dimension) == code.Code)).ToList()).ToList();
        return found.TrueForAll(cells => cells.Count > 0) ? [.. found.SelectMany(cells => cells)] : [];
    }

    /// <summary>Returns a name in words: the labels of a single figure, or what the figures add up to.</summary>
    private static string Describe(FormCell[] cells, FormTable here) =>
        cells is [var only] ? $"\"{only.FullName}\""
        : cells.Select(cell => cell.Table).Distinct().ToList() is [var table] && table.Cells.Count() == cells.Length ? table == here ? "The sum of this table" : $"the sum of \"{table.Title}\""
        : $"{string.Join(" plus ", cells.Take(3).Select(cell => $"\"{cell.FullName}\""))}{(cells.Length > 3 ? " and others" : string.Empty)}";

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(decimal number) => number.TrimTrailingZeros().ToString(CultureInfo.InvariantCulture);
}
