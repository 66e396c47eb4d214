using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Sentences that more than one reader needs.</summary>
internal static class FindingText
{
    /// <summary>How much of what somebody typed is quoted back.</summary>
    private const int Quoted = 60;

    /// <param name="known">The labels to choose from.</param>
    /// <param name="aliases">Other words for them, which may be what was meant.</param>
    public static Finding UnknownLabel(CellRef at, string text, IEnumerable<string> known, IEnumerable<string> aliases)
    {
        if (Label.FindLookAlike(text) is { } rune)
        {
            return Finding.Error(
                Codes.UnknownLabel,
                at,
                $"{Quote(text)} contains the character U+{rune.Value:X4}, which looks like another one or cannot be seen. Type the label again.");
        }

        var hint = Nearest.To(text, known.Concat(aliases)) is { } near
            ? $" Did you mean {Quote(near)}?"
            : $" The labels it knows are: {string.Join(", ", known.Distinct().Take(12))}.";
        return Finding.Error(Codes.UnknownLabel, at, $"{Quote(text)} is not a label that this form knows.{hint}");
    }

    /// <summary>What somebody typed, in quotation marks, shortened, on one line.</summary>
    public static string Quote(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Quoted ? $"\"{line}\"" : $"\"{Shorten(line, Quoted)}…\"";
    }

    /// <summary>At most so many characters, never half of one.</summary>
    public static string Shorten(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
