namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>The texts that the cells of a workbook share. Some programs keep the texts of deleted cells.</summary>
internal sealed class SharedTexts
{
    private readonly List<string> texts = [];
    private readonly List<bool> isUsed = [];

    public int Count => texts.Count;

    /// <summary>The texts that no cell uses.</summary>
    public IEnumerable<string> Unused => texts.Where((_, i) => !isUsed[i]);

    public string this[int index] => texts[index];

    public void Add(string text)
    {
        texts.Add(text);
        isUsed.Add(false);
    }

    /// <summary>Returns the text of a cell, and records that it is used.</summary>
    public string Use(int index)
    {
        isUsed[index] = true;
        return texts[index];
    }
}
