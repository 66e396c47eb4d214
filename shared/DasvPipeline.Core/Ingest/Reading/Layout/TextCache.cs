using System.Diagnostics.CodeAnalysis;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Keeps what was computed from the texts of cells, because sheets repeat their texts. When it is full it starts again,
/// so that its memory does not grow with the number of different texts in a file.
/// </summary>
internal sealed class TextCache<T>
{
    /// <summary>Far more than the labels of a file that people write by hand.</summary>
    public const int Capacity = 1 << 17;

    private readonly Dictionary<string, T> values = new(StringComparer.Ordinal);

    public int Count => values.Count;

    public bool TryGetValue(string text, [MaybeNullWhen(false)] out T value) => values.TryGetValue(text, out value);

    public void Add(string text, T value)
    {
        if (values.Count == Capacity)
        {
            values.Clear();
        }

        values.Add(text, value);
    }
}
