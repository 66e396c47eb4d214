using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>A text in lower case with single spaces, plain dashes and plain quotes, and the position of each character in the original.</summary>
internal sealed class FoldedText
{
    private readonly List<int> _positions = [];

    public FoldedText(string original)
    {
        Original = original;
        var builder = new StringBuilder(original.Length);
        for (var i = 0; i < original.Length; i++)
        {
            var c = original[i];
            if (char.IsWhiteSpace(c) || (c == '_' && !IsBetweenDigits(original, i)))
            {
                if (builder.Length > 0 && builder[^1] != ' ')
                {
                    Append(' ', i);
                }
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                Append(Fold(c), i);
            }
        }

        Text = builder.ToString().TrimEnd();

        void Append(char c, int position)
        {
            builder.Append(c);
            _positions.Add(position);
        }
    }

    public string Original { get; }

    public string Text { get; }

    /// <summary>Returns the part of the original between two positions in the folded text.</summary>
    public TextSpan ToOriginal(int start, int end) => new(_positions[start], _positions[end - 1] + 1 - _positions[start]);

    public string OriginalText(int start, int end)
    {
        var span = ToOriginal(start, end);
        return Original.Substring(span.Start, span.Length).Trim();
    }

    private static bool IsBetweenDigits(string text, int i) => i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);

    private static char Fold(char c) => c switch
    {
        '‘' or '’' or 'ʼ' or '`' or '´' => '\'',
        '“' or '”' => '"',
        '–' or '—' or '‑' or '−' or '‐' or '‒' => '-',
        '⁄' => '/',
        '％' => '%',
        _ => char.ToLowerInvariant(c),
    };
}
