namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Assembles the periods of a text from its tokens: years with quarters, ranges, and lists.</summary>
internal sealed class PeriodAssembler
{
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
        assembler.ShareYears();
        return assembler._nodes.FindAll(node => node.IsPart);
    }

    private void AddNode(int i)
    {
        var token = _tokens[i];
        switch (token.Type)
        {
            case PeriodTokenType.Part when PendingEnding(i) is { } ending:
                _nodes.Add(new PeriodNode(NodeType.Part, ending, i, PeriodRanges.FromEnding(_tokens[ending], token.Part!)));
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
            if (_nodes[i].IsPart && _nodes[i + 2].IsPart && (_nodes[i + 1].Type == NodeType.RangeLink || IsSlashRange(i)) && PeriodRanges.Join(_nodes[i].Part!, _nodes[i + 2].Part!) is { } range)
            {
                _nodes[i] = _nodes[i].JoinWith(_nodes[i + 2], range);
                _nodes.RemoveRange(i + 1, 2);
            }
        }
    }

    /// <summary>Returns true for "Jul/Sep", the first and last month of a quarter. "Apr/May/Jun" is a list.</summary>
    private bool IsSlashRange(int i) =>
        _nodes[i + 1].IsComma && _tokens[_nodes[i + 1].First].Text == "/" && (i == 0 || _nodes[i - 1].Type != NodeType.And) && (i + 3 >= _nodes.Count || _nodes[i + 3].Type != NodeType.And)
        && _nodes[i].Part is { Shape: PartShape.Month } first && _nodes[i + 2].Part is { Shape: PartShape.Month } last
        && (last.Readings[0].FirstMonth - first.Readings[0].FirstMonth + 12) % 12 == 2;

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
}
