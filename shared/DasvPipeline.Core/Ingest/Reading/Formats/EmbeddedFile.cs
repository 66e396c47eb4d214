using System.Text;
using DasvPipeline.Core.Ingest.Reading.Formats.Xls;

namespace DasvPipeline.Core.Ingest.Reading.Formats;

/// <summary>Reads a file that was inserted into a workbook. Of a file that is no workbook, it reads the letters between the other bytes.</summary>
internal static class EmbeddedFile
{
    /// <summary>The stream in which an object has the file of a newer program.</summary>
    public const string PackageStream = "Package";

    /// <summary>The most texts that are taken from a file of another kind. Personal data after them is not found.</summary>
    private const int MaxTexts = 10_000;

    private const int MinLetters = 5;

    /// <returns>A workbook without sheets if the file is of another kind. Its texts are other content.</returns>
    public static Workbook Read(ReadOnlyMemory<byte> content, ReadLimits limits)
    {
        if (FileSignature.Detect(content.Span) is { Container: FileContainer.Compound, Refusal: null })
        {
            var file = new CompoundFile(content, new ReadingContext(limits));
            content = file.Has(PackageStream) ? file.Read(PackageStream) : content;
        }

        var workbook = WorkbookReader.Read(content, string.Empty, limits);
        return workbook.Sheets.Count > 0 ? workbook : workbook with
        {
            OtherContent = [new OtherContent(TextPlace.EmbeddedFile, new Sheet(null, [.. FindTexts(content).Take(MaxTexts).SelectMany(text => new Cell[][] { [new Cell(CellKind.Text, text)], [] })]))],
        };
    }

    /// <summary>Finds runs of letters and digits with 1 or 2 bytes each.</summary>
    private static IEnumerable<string> FindTexts(ReadOnlyMemory<byte> content)
    {
        foreach (var width in new[] { 1, 2 })
        {
            var letters = new StringBuilder();
            for (var i = 0; i + width <= content.Length; i += width)
            {
                var code = content.Span[i];
                if (code is >= 0x20 and < 0x7F && (width == 1 || content.Span[i + 1] == 0))
                {
                    letters.Append((char)code);
                    continue;
                }

                if (letters.Length >= MinLetters)
                {
                    yield return letters.ToString();
                }

                letters.Clear();
            }

            if (letters.Length >= MinLetters)
            {
                yield return letters.ToString();
            }
        }
    }
}
