using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

public enum FileFormat
{
    Unknown,
    Xlsx,
    Csv,
    Ods,

    /// <summary>The binary format of Excel 97 to 2003.</summary>
    Xls,
}

/// <summary>The cells of a file, with findings. There are no sheets if the file could not be read.</summary>
public sealed record Workbook(FileFormat Format, IReadOnlyList<Sheet> Sheets, IReadOnlyList<Finding> Findings)
{
    /// <summary>The texts outside the cells. They are searched for personal data, and never used.</summary>
    public IReadOnlyList<OtherContent> OtherContent { get; init; } = [];
}

/// <summary>The limits on a file. A file that exceeds one is refused. Sizes are in bytes.</summary>
public sealed record ReadLimits
{
    public static readonly ReadLimits Default = new();

    /// <summary>Returns the limits of a file inside this one. All of them together have at most the limits of this one again.</summary>
    internal ReadLimits OfEmbeddedFile() => this with
    {
        UnpackedBytes = UnpackedBytes / EmbeddedFiles,
        Nodes = Nodes / EmbeddedFiles,
        Cells = Cells / EmbeddedFiles,
        Characters = Characters / EmbeddedFiles,
        EmbeddedFiles = 0,
    };

    public long FileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>The unpacked size of all parts of a zipped workbook.</summary>
    public long UnpackedBytes { get; init; } = 200 * 1024 * 1024;

    /// <summary>The number of XML elements and texts in all parts. A million cells have about 5 million.</summary>
    public int Nodes { get; init; } = 20_000_000;

    public int ZipEntries { get; init; } = 2_000;

    /// <summary>The number of files that are embedded in the workbook. Each can use the same part of the other limits.</summary>
    public int EmbeddedFiles { get; init; } = 10;

    public int Sheets { get; init; } = 100;

    public int RowsPerSheet { get; init; } = 100_000;

    public int Columns { get; init; } = 500;

    /// <summary>The number of cells of the whole file: filled cells, and the blank ones before them in their rows.</summary>
    public int Cells { get; init; } = 1_000_000;

    /// <summary>The number of characters in all texts of the file.</summary>
    public int Characters { get; init; } = 20_000_000;
}
