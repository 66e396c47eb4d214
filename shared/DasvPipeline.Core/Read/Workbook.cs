using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

public enum FileFormat
{
    Unknown,
    Xlsx,
    Csv,
    Ods,

    /// <summary>Of Excel 97 and later.</summary>
    Xls,
}

/// <summary>A file's cells, or why it could not be read; both where it was read with remarks.</summary>
public sealed record Workbook(FileFormat Format, IReadOnlyList<Sheet> Sheets, IReadOnlyList<Finding> Findings);

/// <summary>How much of a file is read before it is refused. Sizes in bytes.</summary>
public sealed record ReadLimits
{
    public static readonly ReadLimits Default = new();

    public long FileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>All parts of a zipped workbook together, as really unpacked.</summary>
    public long UnpackedBytes { get; init; } = 200 * 1024 * 1024;

    /// <summary>Elements and texts of all parts; a million cells make five million.</summary>
    public int Nodes { get; init; } = 20_000_000;

    public int ZipEntries { get; init; } = 2_000;

    public int Sheets { get; init; } = 100;

    public int RowsPerSheet { get; init; } = 100_000;

    public int Columns { get; init; } = 500;

    /// <summary>Cells held of the whole file: those with something in them, and the blanks before them in their rows.</summary>
    public int Cells { get; init; } = 1_000_000;

    /// <summary>Letters of all texts of the whole file.</summary>
    public int Characters { get; init; } = 20_000_000;
}
