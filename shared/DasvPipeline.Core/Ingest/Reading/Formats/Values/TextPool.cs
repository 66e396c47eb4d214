namespace DasvPipeline.Core.Ingest.Reading.Formats.Values;

/// <summary>Keeps one copy of each text that cells repeat.</summary>
internal sealed class TextPool(ReadingContext context)
{
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    public string Intern(ReadOnlySpan<char> text)
    {
        var lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(text, out var known))
        {
            context.CountText(text.Length);
            known = text.ToString();
            texts.Add(known);
        }

        return known;
    }
}
