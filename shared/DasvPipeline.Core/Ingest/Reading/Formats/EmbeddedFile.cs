using DasvPipeline.Core.Ingest.Reading.Formats.Xls;

namespace DasvPipeline.Core.Ingest.Reading.Formats;

/// <summary>Reads a file that was inserted into a workbook. Of a file that is no workbook, it reads only the readable characters, within the limits.</summary>
internal static class EmbeddedFile
{
    /// <summary>The stream in which an object has the file of a newer program.</summary>
    public const string PackageStream = "Package";

    /// <returns>A workbook without sheets if the file is of another kind. Its texts are other content.</returns>
    public static Workbook Read(ReadOnlyMemory<byte> content, ReadLimits limits)
    {
        if (FileSignature.Detect(content.Span) is { Container: FileContainer.Compound, Refusal: null })
        {
            var file = new CompoundFile(content, new ReadingContext(limits));
            content = file.Has(PackageStream) ? file.Read(PackageStream) : content;
        }

        var workbook = WorkbookReader.Read(content, string.Empty, limits);
        if (workbook.Sheets.Count > 0)
        {
            return workbook;
        }

        var texts = new OtherTexts(new ReadingContext(limits));
        texts.AddReadable(TextPlace.EmbeddedFile, content.Span);
        return workbook with { OtherContent = texts.ToList() };
    }
}
