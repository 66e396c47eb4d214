namespace DasvPipeline.Core.Ingest.Reading.Formats.Values;

/// <summary>The effects of a font that change what a number means.</summary>
[Flags]
internal enum FontEffects : byte
{
    None = 0,

    /// <summary>Superscript or subscript.</summary>
    Raised = 1,
    Struck = 2,
}

/// <summary>Says which effects the visible characters of a text have.</summary>
[Flags]
internal enum RunEffects : byte
{
    /// <summary>The text has no runs with a format of their own, so the font of the cell applies to all of it.</summary>
    None = 0,

    /// <summary>Some characters have the font of the cell.</summary>
    Inherited = 1,
    Raised = 2,
    Struck = 4,
    NotStruck = 8,
}

/// <summary>
/// Collects the runs of a text that have different fonts. A superscript that looks like the mark of a footnote is removed
/// from a label, but never from a number, because the rest would be another number.
/// </summary>
internal sealed class TextRuns
{
    /// <summary>The maximum length of a mark: "1", "(a)", "1,2".</summary>
    private const int MaxMarkLength = 5;

    private readonly List<(int Start, int End)> raised = [];

    public RunEffects Effects { get; private set; }

    public void Clear()
    {
        raised.Clear();
        Effects = RunEffects.None;
    }

    /// <summary>Adds a run. White space has no effects.</summary>
    /// <param name="start">The position of the run in the whole text.</param>
    /// <param name="effects">The effects of the run, or null if it has the font of the cell.</param>
    public void Add(ReadOnlySpan<char> run, int start, FontEffects? effects)
    {
        if (run.IsWhiteSpace())
        {
            return;
        }

        if (effects is not { } own)
        {
            Effects |= RunEffects.Inherited;
            return;
        }

        Effects |= (own & FontEffects.Struck) != 0 ? RunEffects.Struck : RunEffects.NotStruck;
        if ((own & FontEffects.Raised) != 0)
        {
            Effects |= RunEffects.Raised;
            raised.Add((start, start + run.Length));
        }
    }

    /// <summary>Returns a label without its footnote marks. Returns any other text as it is.</summary>
    public ReadOnlySpan<char> RemoveMarks(ReadOnlySpan<char> text)
    {
        if (raised.Count == 0)
        {
            return text;
        }

        var rest = new char[text.Length];
        var (length, from) = (0, 0);
        for (var i = 0; i < raised.Count; i++)
        {
            // Runs with only white space between them are one, so that a long text is not taken for several marks.
            var (start, end) = raised[i];
            while (i + 1 < raised.Count && text[end..raised[i + 1].Start].IsWhiteSpace())
            {
                end = raised[++i].End;
            }

            if (IsMark(text[start..end]))
            {
                text[from..start].CopyTo(rest.AsSpan(length));
                (length, from) = (length + start - from, end);
            }
        }

        text[from..].CopyTo(rest.AsSpan(length));
        length += text.Length - from;
        return IsLabel(rest.AsSpan(0, length)) ? rest.AsSpan(0, length) : text;
    }

    /// <summary>Returns the traits of a cell from the effects of its text and of its font.</summary>
    public static CellTraits CreateTraits(RunEffects runs, FontEffects font)
    {
        if (runs == RunEffects.None || (runs & RunEffects.Inherited) != 0)
        {
            runs |= ((font & FontEffects.Raised) != 0 ? RunEffects.Raised : RunEffects.None)
                | ((font & FontEffects.Struck) != 0 ? RunEffects.Struck : RunEffects.NotStruck);
        }

        var traits = (runs & RunEffects.Raised) != 0 ? CellTraits.Raised : CellTraits.None;
        return (runs & RunEffects.Struck) == 0 ? traits
            : traits | ((runs & RunEffects.NotStruck) != 0 ? CellTraits.PartlyStruck : CellTraits.Struck);
    }

    /// <summary>Returns true for a short text without a word, so that the end of "3rd" is kept.</summary>
    private static bool IsMark(ReadOnlySpan<char> run)
    {
        for (var i = 1; i < run.Length; i++)
        {
            if (char.IsLetter(run[i]) && char.IsLetter(run[i - 1]))
            {
                return false;
            }
        }

        return run.Length <= MaxMarkLength;
    }

    /// <summary>Returns true for a text that cannot be a number: one with letters, or a year such as 2019-20.</summary>
    private static bool IsLabel(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return text.TrimStart(" -").IndexOfAny('-', '/') > 0;
    }
}
