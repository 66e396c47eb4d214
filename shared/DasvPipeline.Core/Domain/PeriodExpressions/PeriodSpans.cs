using System.Text;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Finds the parts of a text that are about time, and removes them.</summary>
internal static class PeriodSpans
{
    private static readonly char[] Edges = [' ', '-', '–', '—', ':', ',', ';', '/', '|', '\u00A0', '\t', '\n', '\r', '_', '='];

    public static List<TextSpan> Find(FoldedText text, List<PeriodToken> tokens, bool withKinds)
    {
        var isUsed = tokens.ConvertAll(token => token.Type switch
        {
            PeriodTokenType.Part or PeriodTokenType.Ending or PeriodTokenType.Comparator => true,
            PeriodTokenType.Kind => withKinds || token.Part is not null || token.Kinds == FigureKinds.AsAt,
            _ => false,
        });

        // Links and fillers belong to the period next to them: those before it, and those between two.
        for (var i = tokens.Count - 2; i >= 0; i--)
        {
            isUsed[i] |= isUsed[i + 1] && (tokens[i].Type is PeriodTokenType.Filler or PeriodTokenType.RangeLink or PeriodTokenType.Open || IsSeparator(tokens[i])
                || (tokens[i].Type == PeriodTokenType.And && i > 0 && tokens[i - 1].Type != PeriodTokenType.Word));
        }

        for (var i = 1; i < tokens.Count; i++)
        {
            isUsed[i] |= isUsed[i - 1] && (tokens[i].Type == PeriodTokenType.Close || IsSeparator(tokens[i]) || tokens[i].Text is "-" or "inclusive" or "incl" or "incl." or "only");
        }

        DropUnpairedBrackets(tokens, isUsed);
        var spans = new List<TextSpan>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (isUsed[i])
            {
                var last = i;
                while (last + 1 < tokens.Count && isUsed[last + 1])
                {
                    last++;
                }

                spans.Add(text.ToOriginal(tokens[i].Start, tokens[last].End));
                i = last;
            }
        }

        return spans;
    }

    /// <summary>Returns the text without the spans and without the punctuation that they leave at its ends.</summary>
    public static string Remove(string text, List<TextSpan> spans)
    {
        if (spans.Count == 0)
        {
            return text.Trim();
        }

        var builder = new StringBuilder();
        var position = 0;
        foreach (var span in spans.Append(new TextSpan(text.Length, 0)))
        {
            var piece = text[position..span.Start].Trim(Edges);
            builder.Append(builder.Length > 0 && piece.Length > 0 && piece[0] is not (')' or ']') && builder[^1] is not ('(' or '[') ? " " : string.Empty).Append(piece);
            position = span.End;
        }

        return builder.Replace("()", string.Empty).Replace("[]", string.Empty).ToString().Trim(Edges);
    }

    private static bool IsSeparator(PeriodToken token) => token.Text is ":" or "." or ";" or "|" or "=" or "," or "/";

    /// <summary>A bracket is removed only together with its partner: "(Q2 women)" keeps both.</summary>
    private static void DropUnpairedBrackets(List<PeriodToken> tokens, List<bool> isUsed)
    {
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Type == PeriodTokenType.Open)
            {
                open.Push(i);
            }
            else if (tokens[i].Type == PeriodTokenType.Close)
            {
                if (open.TryPop(out var partner))
                {
                    isUsed[i] = isUsed[partner] = isUsed[i] && isUsed[partner];
                }
                else
                {
                    isUsed[i] = false;
                }
            }
        }

        foreach (var unpaired in open)
        {
            isUsed[unpaired] = false;
        }
    }
}
