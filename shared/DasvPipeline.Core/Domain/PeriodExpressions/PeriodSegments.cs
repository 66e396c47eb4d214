namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>The tokens of a text that are about its figures, and those that are about what the figures are compared with.</summary>
/// <param name="Main">The indices of the tokens about the figures.</param>
/// <param name="Compared">The indices of the tokens after "compared with", or in brackets such as "(previous quarter: Q1)".</param>
/// <param name="Comparator">The index of the token that begins the comparison, or -1.</param>
internal sealed record PeriodSegments(IReadOnlyList<int> Main, IReadOnlyList<int> Compared, int Comparator)
{
    /// <summary>True for "vs last year", which has nothing before the comparison.</summary>
    public bool IsOnlyComparison { get; private init; }

    public static PeriodSegments Split(List<PeriodToken> tokens)
    {
        List<int> main = [], compared = [];
        int comparator = -1, depth = 0, closesAt = int.MinValue;
        var isCompared = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Type == PeriodTokenType.Open)
            {
                depth++;
                if (!isCompared && IsPreviousInBrackets(tokens, i, main))
                {
                    (isCompared, closesAt, comparator) = (true, depth, comparator < 0 ? FindKind(tokens, i) : comparator);
                    continue;
                }
            }
            else if (token.Type == PeriodTokenType.Close)
            {
                if (isCompared && closesAt == depth)
                {
                    isCompared = false;
                }

                depth--;
            }
            else if (token.Type == PeriodTokenType.Comparator && !isCompared)
            {
                (isCompared, closesAt, comparator) = (true, depth == 0 ? int.MinValue : depth, comparator < 0 ? i : comparator);
                continue;
            }

            (isCompared ? compared : main).Add(i);
        }

        return new PeriodSegments(main, compared, comparator)
        {
            IsOnlyComparison = comparator >= 0 && !main.Exists(i => tokens[i] is { Type: PeriodTokenType.Word or PeriodTokenType.Part })
                && !main.Exists(i => tokens[i] is { Type: PeriodTokenType.Kind, Part: not null }),
        };
    }

    /// <summary>Returns true for "(Q3 last year)" after "Q3", and false for "(last year)" after "Q3 2018-19", which describes it.</summary>
    private static bool IsPreviousInBrackets(List<PeriodToken> tokens, int open, List<int> main)
    {
        var close = tokens.FindIndex(open, token => token.Type == PeriodTokenType.Close);
        var inside = tokens.GetRange(open + 1, (close < 0 ? tokens.Count : close) - open - 1);
        return main.Exists(i => tokens[i].Type is PeriodTokenType.Part or PeriodTokenType.Word)
            && inside.Exists(token => token.Kinds.HasFlag(FigureKinds.Previous))
            && inside.Exists(token => token.Type is PeriodTokenType.Part or PeriodTokenType.Word);
    }

    private static int FindKind(List<PeriodToken> tokens, int from) => tokens.FindIndex(from, token => token.Kinds.HasFlag(FigureKinds.Previous));
}
