using System.Runtime.InteropServices;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Csv;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Xls;
using DasvPipeline.Core.Read.Xlsx;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read;

/// <summary>
/// The file-reading half of the Read stage: bytes to cells. What a file is, is judged by its content; its name only earns
/// a remark when it says something else. No content makes it throw, and none makes it hold more than <see cref="ReadLimits"/>.
/// </summary>
public static class WorkbookReader
{
    public static Workbook Read(ReadOnlyMemory<byte> content, string fileName, ReadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(limits);
        if (content.Length > limits.FileBytes)
        {
            return Refused(FileFormat.Unknown, FileFinding.TooLarge(limits.FileBytes));
        }

        if (content.IsEmpty)
        {
            return Refused(FileFormat.Unknown, FileFinding.Empty());
        }

        var seen = Signature.Of(content.Span);
        if (seen.Refusal is { } refusal)
        {
            return Refused(FileFormat.Unknown, refusal);
        }

        var format = seen.Container == FileContainer.Compound ? FileFormat.Xls : FileFormat.Csv;
        var findings = new List<Finding>();
        try
        {
            var budget = new CellBudget(limits);
            var sheets = seen.Container switch
            {
                FileContainer.Zip => ReadZip(content, budget, findings, out format),
                FileContainer.Compound => XlsFile.Read(content, budget, findings),
                _ => CsvFile.Read(content, budget),
            };
            if (sheets.Count == 0)
            {
                throw new Refusal(FileFinding.Damaged("there is no sheet of cells in it"));
            }

            if (NameDisagrees(fileName, format) is { } note)
            {
                findings.Add(note);
            }

            return new Workbook(format, sheets, findings);
        }
        catch (Refusal reason)
        {
            var known = reason.Finding.Code is not (Codes.NotASpreadsheet or Codes.Empty or Codes.Encoding);
            return Refused(known ? format : FileFormat.Unknown, reason.Finding);
        }
    }

    private static IReadOnlyList<Sheet> ReadZip(ReadOnlyMemory<byte> content, CellBudget budget, List<Finding> findings, out FileFormat format)
    {
        // Until it is open: what most of them are.
        format = FileFormat.Xlsx;
        try
        {
            using var package = Package.Open(AsStream(content), budget.Limits);
            if (OdsFile.IsIn(package))
            {
                format = FileFormat.Ods;
                return OdsFile.Read(package, budget, findings);
            }

            return XlsxFile.Read(package, budget, findings);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw new Refusal(FileFinding.Damaged("it is incomplete, or was changed on its way"));
        }
    }

    private static Workbook Refused(FileFormat format, Finding finding) => new(format, [], [finding]);

    internal static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    private static Finding? NameDisagrees(string fileName, FileFormat format)
    {
        var dot = fileName.LastIndexOf('.');
        if (dot < 0)
        {
            return null;
        }

        var ending = fileName[dot..].ToLowerInvariant();
        var agrees = format switch
        {
            FileFormat.Xlsx => ending is ".xlsx" or ".xltx",
            FileFormat.Ods => ending is ".ods" or ".ots",
            FileFormat.Xls => ending is ".xls" or ".xlt",
            _ => ending is ".csv" or ".txt" or ".tsv" or ".tab",
        };
        if (agrees)
        {
            return null;
        }

        // A name is the sender's text: only what looks like an ordinary ending is said back.
        var plain = ending.Length is > 1 and <= 6 && ending.Skip(1).All(char.IsAsciiLetterOrDigit);
        return FileFinding.ReadAsOtherFormat(
            plain ? ending : "something else",
            format switch
            {
                FileFormat.Xlsx => "an Excel workbook (.xlsx)",
                FileFormat.Ods => "an OpenDocument spreadsheet (.ods)",
                FileFormat.Xls => "an older Excel workbook (.xls)",
                _ => "text with separators (.csv)",
            });
    }
}
