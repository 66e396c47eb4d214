using DasvPipeline.Core.Ingest.Reading.Formats.Xls;

namespace DasvPipeline.Core.Ingest.Reading.Formats;

/// <summary>Reads a file that was inserted into a workbook, if it is a workbook itself.</summary>
internal static class EmbeddedFile
{
    /// <summary>The stream in which an object has the file of a newer program.</summary>
    public const string PackageStream = "Package";

    /// <returns>A workbook without sheets if the file is of another kind.</returns>
    public static Workbook Read(ReadOnlyMemory<byte> content, ReadLimits limits)
    {
        if (FileSignature.Detect(content.Span) is { Container: FileContainer.Compound, Refusal: null })
        {
            var file = new CompoundFile(content, new ReadingContext(limits));
            content = file.Has(PackageStream) ? file.Read(PackageStream) : content;
        }

        return WorkbookReader.Read(content, string.Empty, limits);
    }
}
