namespace DasvPipeline.Core.Ingest.Reading.Formats.Values;

/// <summary>
/// Keeps one copy of each text that cells repeat. When it is full it starts again, so that it stays small if a file
/// repeats none.
/// </summary>
internal sealed class TextPool(ReadingContext context)
{
    public const int Capacity = 1 << 17;

    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    public string Intern(ReadOnlySpan<char> text) =>
        texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known) ? known : Add(text.ToString());

    public string Intern(string text) => texts.TryGetValue(text, out var known) ? known : Add(text);

    private string Add(string text)
    {
        if (texts.Count == Capacity)
        {
            texts.Clear();
        }

        context.CountText(text.Length);
        texts.Add(text);
        return text;
    }
}
