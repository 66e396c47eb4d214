namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>
/// Parses what a label, title or cell says about time and about the kind of figure. It uses no clock and no culture. See
/// docs/period-expressions.md for the grammar.
/// </summary>
public static class PeriodExpressionParser
{
    /// <summary>The maximum length of a text. A longer text is not a label and is silent.</summary>
    public const int MaxLength = 300;

    /// <summary>Parses a text. A text without a period or kind of figure gives a silent expression.</summary>
    public static PeriodExpression Parse(string text)
    {
        var silent = PeriodExpression.CreateSilent(text);
        if (text.Length > MaxLength)
        {
            return silent;
        }

        var folded = new FoldedText(text);
        var tokens = PeriodLexer.Read(folded.Text);
        PeriodEvidence.Apply(folded, tokens);
        if (!tokens.Exists(token => token.Type is PeriodTokenType.Part or PeriodTokenType.Kind or PeriodTokenType.Comparator))
        {
            return silent;
        }

        var segments = PeriodSegments.Split(tokens);
        var main = PeriodAssembler.Assemble(tokens, segments.Main);
        var compared = PeriodAssembler.Assemble(tokens, segments.Compared);
        var kinds = ReadKinds(folded, tokens, segments);
        var hasDated = main.Exists(node => node.Part!.Shape != PartShape.Relative);
        var isCumulative = segments.Main.Any(i => tokens[i].Kinds.HasFlag(FigureKinds.Cumulative));
        var periods = main.FindAll(node => !hasDated || node.Part!.Shape != PartShape.Relative);
        if (isCumulative && periods is [var only])
        {
            periods = [only with { Part = FromYearStart(only.Part!) }];
        }

        var spans = PeriodSpans.Find(folded, tokens, withKinds: true);
        var isStated = periods.Count > 0 || kinds.Exists(kind => kind.Kinds != FigureKinds.AsAt) || compared.Count > 0 || segments.Comparator >= 0;
        return !isStated ? silent : new PeriodExpression
        {
            Text = text,
            Spans = spans,
            Rest = PeriodSpans.Remove(text, spans),
            TextWithoutPeriods = PeriodSpans.Remove(text, PeriodSpans.Find(folded, tokens, withKinds: false)),
            Periods = [.. periods.Select(node => ToStated(folded, tokens, node))],
            Comparisons = [.. compared.Select(node => ToStated(folded, tokens, node))],
            KindWords = kinds,
            ComparisonWord = segments.Comparator >= 0 ? TextOf(folded, tokens[segments.Comparator]) : null,
        };
    }

    private static List<KindWord> ReadKinds(FoldedText text, List<PeriodToken> tokens, PeriodSegments segments)
    {
        var kinds = segments.Main.Where(i => tokens[i] is { Type: PeriodTokenType.Kind, Kinds: not FigureKinds.Plain })
            .Select(i => new KindWord(tokens[i].Kinds, TextOf(text, tokens[i]))).ToList();
        if (segments.Comparator >= 0 && (tokens[segments.Comparator].Kinds == FigureKinds.Change || segments.IsOnlyComparison))
        {
            kinds.Add(new KindWord(FigureKinds.Change, TextOf(text, tokens[segments.Comparator])));
        }

        // "Cases to 30 September 2019" has no start.
        if (FindOpenEnd(tokens, segments.Main) is { } open)
        {
            kinds.Add(new KindWord(FigureKinds.Cumulative, TextOf(text, tokens[open])));
        }

        return kinds;
    }

    /// <summary>Finds a "to" or "up to" before a month or date, with no start before it.</summary>
    private static int? FindOpenEnd(List<PeriodToken> tokens, IReadOnlyList<int> indices)
    {
        for (var at = 0; at + 1 < indices.Count; at++)
        {
            var (i, next) = (indices[at], indices[at] + 1);
            while (next < tokens.Count && tokens[next].Type == PeriodTokenType.Filler)
            {
                next++;
            }

            if (tokens[i] is { Type: PeriodTokenType.RangeLink, Text: not "-" } && next < tokens.Count && tokens[next].Part is { Shape: PartShape.Month or PartShape.Date }
                && (i == 0 || tokens[i - 1].Type is PeriodTokenType.Word or PeriodTokenType.Open or PeriodTokenType.Punctuation))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Returns the months from April to the end of a period: a cumulative figure at "Q2" has those of April to September.</summary>
    private static PeriodPart FromYearStart(PeriodPart part) => part.Shape is not (PartShape.Month or PartShape.Date or PartShape.Quarter) ? part
        : part with { Shape = PartShape.Span, Day = 0, Readings = [.. part.Readings.Select(months => MonthRange.EndingWith(months.LastMonth, months.LastYear, ((months.LastMonth + 8) % 12) + 1)).Distinct()] };

    private static StatedPeriod ToStated(FoldedText text, List<PeriodToken> tokens, PeriodNode node)
    {
        var part = node.Part!;
        return new StatedPeriod(text.OriginalText(tokens[node.First].Start, tokens[node.Last].End), part.Readings)
        {
            Notes = part.Notes,
            Date = part is { Shape: PartShape.Date, HasYear: true } ? new DateOnly(part.Readings[0].Year!.Value, part.Readings[0].FirstMonth, part.Day) : null,
            RelativeUnit = part.RelativeUnit,
            RelativeOffset = part.RelativeOffset,
        };
    }

    private static string TextOf(FoldedText text, PeriodToken token) => text.OriginalText(token.Start, token.End);
}
