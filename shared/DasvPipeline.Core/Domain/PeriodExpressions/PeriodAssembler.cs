using System.Globalization;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Assembles the periods of a text from its tokens: years with quarters, ranges, and lists.</summary>
internal sealed class PeriodAssembler
{
    private const int MaxMonths = 120;

    private readonly List<PeriodNode> _nodes = [];
    private readonly IReadOnlyList<PeriodToken> _tokens;

    private PeriodAssembler(IReadOnlyList<PeriodToken> tokens, IEnumerable<int> indices)
    {
        _tokens = tokens;
        foreach (var i in indices)
        {
            AddNode(i);
        }
    }

    /// <summary>Returns the periods of the tokens with the given indices. Each has the range of its tokens.</summary>
    public static List<PeriodNode> Assemble(IReadOnlyList<PeriodToken> tokens, IEnumerable<int> indices)
    {
        var assembler = new PeriodAssembler(tokens, indices);
        assembler.AttachYears();
        assembler.JoinRanges();
        assembler.AttachYears();
        assembler.ShareYears();
        assembler.CombineAll();
        return assembler._nodes.FindAll(node => node.IsPart);
    }

    private void AddNode(int i)
    {
        var token = _tokens[i];
        switch (token.Type)
        {
            case PeriodTokenType.Part when PendingEnding(i) is { } ending:
                _nodes.Add(new PeriodNode(NodeType.Part, ending, i, FromEnding(_tokens[ending], token.Part!)));
                break;
            case PeriodTokenType.Part when token.Part!.Shape == PartShape.Date && _nodes is [.., { Type: NodeType.Word } number, { Type: NodeType.RangeLink } link] && DayBefore(number, token.Part) is var day and > 0:
                _nodes.Remove(number);
                _nodes.Remove(link);
                _nodes.Add(new PeriodNode(NodeType.Part, number.First, i, token.Part with { Shape = PartShape.Span, Day = day, LastDay = token.Part.Day, Notes = PartMonths(token.Part.Readings[0], day, token.Part.Day) }));
                break;
            case PeriodTokenType.Part:
            case PeriodTokenType.Kind when token.Part is not null:
                var isEnd = i > 0 && (_tokens[i - 1].Text is "ending" or "ended" or "end" || (_tokens[i - 1].Text is "of" or "the" && i > 1 && _tokens[i - 2].Text is "end" or "end of"));
                _nodes.Add(new PeriodNode(NodeType.Part, i, i, token.Part) { IsEnd = isEnd, IsAsAt = i > 0 && _tokens[i - 1].Kinds == FigureKinds.AsAt });
                break;
            case PeriodTokenType.RangeLink:
                _nodes.Add(new PeriodNode(NodeType.RangeLink, i, i, null));
                break;
            case PeriodTokenType.And:
                _nodes.Add(new PeriodNode(i > 0 && IsBetween(i) ? NodeType.RangeLink : NodeType.And, i, i, null) { IsComma = token.Text is "," or "/" });
                break;
            case PeriodTokenType.Word:
                _nodes.Add(new PeriodNode(NodeType.Word, i, i, null));
                break;
        }
    }

    /// <summary>Returns true for the "and" of "between April and June".</summary>
    private bool IsBetween(int i) => _tokens[i].Text == "and" && Enumerable.Range(Math.Max(0, i - 2), Math.Min(2, i)).Any(before => _tokens[before].Text == "between");

    /// <summary>Returns the "quarter ending" or "rolling 12 months" that a month belongs to.</summary>
    private int? PendingEnding(int i)
    {
        if (_tokens[i].Part!.Shape is not (PartShape.Month or PartShape.Date or PartShape.Year))
        {
            return null;
        }

        var hasLink = false;
        for (var before = i - 1; before >= 0; before--)
        {
            var token = _tokens[before];
            if (token.Type == PeriodTokenType.Ending || (token.Type == PeriodTokenType.Kind && token.Months > 0 && hasLink && _tokens[i].Part!.Shape != PartShape.Year))
            {
                return token.IsWeek || (token.Months == 0 && _tokens[i].Part!.Shape == PartShape.Year) ? null : before;
            }

            hasLink |= token.Text is "to" or "ending" or "ended" or "end" or "up to";
            if (token.Type is not (PeriodTokenType.Filler or PeriodTokenType.RangeLink or PeriodTokenType.Punctuation) || token.Text == "-")
            {
                return null;
            }
        }

        return null;
    }

    private static PeriodPart FromEnding(PeriodToken ending, PeriodPart part)
    {
        if (part.Shape == PartShape.Year)
        {
            // "Year ending 2020" is a financial or a calendar year.
            return part.Year!.Calendar is { } calendar
                ? part with { Readings = [MonthRange.From(Period.FromYear(calendar - 1)), MonthRange.FromCalendarYear(calendar)], Year = new YearMeaning(calendar, [calendar - 1]) } : part;
        }

        var month = part.Readings[0];
        if (ending.Months == 0)
        {
            var toDate = ((month.FirstMonth + 8) % 12) + 1;
            int[] counts = month.FirstMonth % 3 == 0 ? [3, toDate, 1] : [1, toDate];
            return new PeriodPart(PartShape.Span) { Readings = [.. counts.Distinct().Select(count => MonthRange.EndingWith(month.FirstMonth, month.Year, count))], Notes = PeriodNotes.UnclearLength };
        }

        var months = ending.IsStart ? month with { Count = ending.Months } : MonthRange.EndingWith(month.FirstMonth, month.Year, ending.Months);
        var isPartMonth = part.Day > 0 && (ending.IsStart ? part.Day != 1 : !IsLastDay(part.Day, month.FirstMonth, month.Year));
        return new PeriodPart(PartShape.Span) { Readings = [months], Notes = isPartMonth ? PeriodNotes.PartMonths : PeriodNotes.None };
    }

    /// <summary>Attaches years to the quarters and months next to them.</summary>
    private void AttachYears()
    {
        for (var i = 0; i + 1 < _nodes.Count; i++)
        {
            var next = _nodes[i + 1].IsPart ? i + 1 : i + 2 < _nodes.Count && _nodes[i + 2].IsPart && (_nodes[i + 1].IsComma || IsDash(_nodes[i + 1])) ? i + 2 : -1;
            if (!_nodes[i].IsPart || next < 0)
            {
                continue;
            }

            var (first, second) = (_nodes[i].Part!, _nodes[next].Part!);
            var isYearFirst = first.Shape == PartShape.Year && second.NeedsYear;
            if ((isYearFirst || (first.NeedsYear && second.Shape == PartShape.Year)) && PeriodCombiner.Combine(first, second, isAsAt: false) is { } combined)
            {
                _nodes[i] = _nodes[i].JoinWith(_nodes[next], combined);
                _nodes.RemoveRange(i + 1, next - i);
            }
        }
    }

    private void JoinRanges()
    {
        for (var i = 0; i + 2 < _nodes.Count; i++)
        {
            if (_nodes[i].IsPart && _nodes[i + 1].Type == NodeType.RangeLink && _nodes[i + 2].IsPart && JoinRange(_nodes[i].Part!, _nodes[i + 2].Part!) is { } range)
            {
                _nodes[i] = _nodes[i].JoinWith(_nodes[i + 2], range);
                _nodes.RemoveRange(i + 1, 2);
            }
        }
    }

    private static PeriodPart? JoinRange(PeriodPart first, PeriodPart last)
    {
        static bool IsMonth(PeriodPart part) => part.Shape is PartShape.Month or PartShape.Date;
        if (!(IsMonth(first) && IsMonth(last)) && (first.Shape != last.Shape || first.Shape is PartShape.Span or PartShape.Relative))
        {
            return null;
        }

        var readings = new List<MonthRange>();
        for (var i = 0; i < Math.Max(first.Readings.Count, last.Readings.Count); i++)
        {
            var start = first.Readings[Math.Min(i, first.Readings.Count - 1)];
            var end = last.Readings[Math.Min(i, last.Readings.Count - 1)];
            var count = ((end.LastMonth - start.FirstMonth + 12) % 12) + 1;
            if (start.Year is { } startYear && end.LastYear is { } endYear)
            {
                count = (12 * (endYear - startYear)) + end.LastMonth - start.FirstMonth + 1;
            }

            if (count is < 1 or > MaxMonths)
            {
                return null;
            }

            readings.Add(start.Year is null ? MonthRange.EndingWith(end.LastMonth, end.LastYear, count) : start with { Count = count });
        }

        var lastDay = last.Day == 0 ? 0 : last.Day;
        var isPartMonth = first.Day > 1 || (lastDay > 0 && !IsLastDay(lastDay, readings[0].LastMonth, readings[0].LastYear));
        return new PeriodPart(PartShape.Span) { Readings = [.. readings.Distinct()], Notes = first.Notes | last.Notes | (isPartMonth ? PeriodNotes.PartMonths : PeriodNotes.None) };
    }

    /// <summary>Gives the year of one period of a list to the others: "Q1 and Q2 2019-20".</summary>
    private void ShareYears()
    {
        for (var i = _nodes.Count - 3; i >= 0; i--)
        {
            Share(i, i + 2, isBefore: true);
        }

        for (var i = 2; i < _nodes.Count; i++)
        {
            Share(i, i - 2, isBefore: false);
        }
    }

    private void Share(int to, int from, bool isBefore)
    {
        var link = _nodes[Math.Max(to, from) - 1];
        if (link.IsPart || link.Type == NodeType.Word || !_nodes[to].IsPart || !_nodes[from].IsPart || !_nodes[to].Part!.NeedsYear || !_nodes[from].Part!.HasYear || _nodes[from].Part!.Shape == PartShape.Year)
        {
            return;
        }

        var (part, dated) = (_nodes[to].Part!, _nodes[from].Part!);
        if (dated.Year is { } year)
        {
            _nodes[to] = _nodes[to] with { Part = PeriodCombiner.Attach(part, year) };
        }
        else if (part.Readings.Count == 1)
        {
            var (months, other) = (part.Readings[0], dated.Readings[0]);
            var shift = isBefore ? (months.FirstMonth > other.FirstMonth ? -1 : 0) : (months.FirstMonth < other.FirstMonth ? 1 : 0);
            _nodes[to] = _nodes[to] with { Part = part with { Readings = [months with { Year = other.Year + shift }] } };
        }
    }

    /// <summary>Combines periods that describe each other, such as a quarter and its months, from left to right.</summary>
    private void CombineAll()
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            for (var next = i + 1; _nodes[i].IsPart && next < _nodes.Count; next++)
            {
                if (_nodes[next] is { Type: NodeType.And, IsComma: false })
                {
                    break;
                }

                if (!_nodes[next].IsPart)
                {
                    continue;
                }

                if (CombineAt(_nodes[i], _nodes[next]) is not { } combined)
                {
                    break;
                }

                _nodes[i] = _nodes[i].JoinWith(_nodes[next], combined);
                _nodes.RemoveAt(next--);
            }
        }
    }

    private static PeriodPart? CombineAt(PeriodNode first, PeriodNode second)
    {
        // "Q2 ending September 2019" is the whole quarter.
        return second.IsEnd && second.Part!.Shape == PartShape.Month && first.Part!.Shape is PartShape.Quarter or PartShape.Half
            ? PeriodCombiner.Combine(first.Part!, second.Part! with { Shape = PartShape.Date }, isAsAt: false)
            : PeriodCombiner.Combine(first.Part!, second.Part!, second.IsAsAt);
    }

    private bool IsDash(PeriodNode node) => node.Type == NodeType.RangeLink && _tokens[node.First].Text == "-";

    /// <summary>Returns the day of "1-30 June", or 0.</summary>
    private int DayBefore(PeriodNode number, PeriodPart date) =>
        int.TryParse(_tokens[number.First].Text.TrimEnd('s', 't', 'n', 'd', 'r', 'h'), NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day >= 1 && day < date.Day ? day : 0;

    private static PeriodNotes PartMonths(MonthRange month, int first, int last) => first == 1 && IsLastDay(last, month.FirstMonth, month.Year) ? PeriodNotes.None : PeriodNotes.PartMonths;

    private static bool IsLastDay(int day, int month, int? year) => day == DateTime.DaysInMonth(year ?? 2000, month) || (year is null && month == 2 && day == 28);
}
