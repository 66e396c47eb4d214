using System.Runtime.InteropServices;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Csv;
using DasvPipeline.Core.Ingest.Reading.Formats.Encryption;
using DasvPipeline.Core.Ingest.Reading.Formats.Ods;
using DasvPipeline.Core.Ingest.Reading.Formats.Xls;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>
/// Reads the cells of a file. The format is detected from the content: a different file name extension only causes a note.
/// No content makes it throw or exceed <see cref="ReadLimits"/>.
/// </summary>
public static class WorkbookReader
{
    public static Workbook Read(ReadOnlyMemory<byte> content, string fileName, ReadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(limits);
        if (content.Length > limits.FileBytes)
        {
            return CreateRefused(FileFormat.Unknown, FileFindings.TooLarge(limits.FileBytes));
        }

        if (FileSignature.IsLockFile(content.Span, fileName))
        {
            return CreateRefused(FileFormat.Unknown, FileFindings.LockFile());
        }

        if (content.IsEmpty)
        {
            return CreateRefused(FileFormat.Unknown, FileFindings.Empty());
        }

        var signature = FileSignature.Detect(content.Span);
        if (signature.Refusal is { } refusal)
        {
            return CreateRefused(FileFormat.Unknown, refusal);
        }

        var format = FileFormat.Csv;
        var findings = new List<Finding>();
        var context = new ReadingContext(limits);
        var others = new OtherTexts(context);
        var sheets = signature.Container switch
        {
            FileContainer.Zip => ReadZip(content, context, findings, others, out format),
            FileContainer.Compound => ReadCompound(content, context, findings, others, out format),
            _ => CsvFile.Read(content, context),
        };
        if (sheets.Count == 0)
        {
            context.Refuse(FileFindings.Damaged("it has no sheet of cells"));
        }

        if (context.Refusal is { } reason)
        {
            var isFormatKnown = reason.Code is not (Codes.NotASpreadsheet or Codes.Empty or Codes.Encoding);
            return CreateRefused(isFormatKnown ? format : FileFormat.Unknown, reason);
        }

        findings.AddRange(others.CreateFindings());

        if (CheckExtension(fileName, format) is { } note)
        {
            findings.Add(note);
        }

        return new Workbook(format, sheets, findings) { OtherContent = others.ToList() };
    }

    /// <summary>Reads an .xls workbook, or an .xlsx workbook that is encrypted with the default password.</summary>
    private static IReadOnlyList<Sheet> ReadCompound(ReadOnlyMemory<byte> content, ReadingContext context, List<Finding> findings, OtherTexts others, out FileFormat format)
    {
        format = FileFormat.Xls;
        var file = new CompoundFile(content, context);
        if (context.IsRefused || !file.Has(EncryptedPackage.ContentStream))
        {
            return XlsFile.Read(file, context, findings, others);
        }

        var info = file.Has(EncryptedPackage.InfoStream) ? file.Read(EncryptedPackage.InfoStream) : [];
        var package = EncryptedPackage.Decrypt(info, file.Read(EncryptedPackage.ContentStream));
        if (package is null)
        {
            context.Refuse(FileFindings.PasswordProtected());
        }

        return context.IsRefused ? [] : ReadZip(package, context, findings, others, out format);
    }

    private static IReadOnlyList<Sheet> ReadZip(ReadOnlyMemory<byte> content, ReadingContext context, List<Finding> findings, OtherTexts others, out FileFormat format)
    {
        // The default until the package is open.
        format = FileFormat.Xlsx;
        try
        {
            using var package = Package.Open(AsStream(content), context);
            var isOds = OdsFile.IsSpreadsheet(package);
            if (context.IsRefused)
            {
                return [];
            }

            if (isOds)
            {
                format = FileFormat.Ods;
                return OdsFile.Read(package, findings, others);
            }

            return XlsxFile.Read(package, findings, others);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            context.Refuse(FileFindings.Damaged("it is incomplete, or was changed on the way to us"));
            return [];
        }
    }

    private static Workbook CreateRefused(FileFormat format, Finding finding) => new(format, [], [finding]);

    internal static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    private static Finding? CheckExtension(string fileName, FileFormat format)
    {
        var dot = fileName.LastIndexOf('.');
        if (dot < 0)
        {
            return null;
        }

        var extension = fileName[dot..].ToLowerInvariant();
        var isExpected = format switch
        {
            FileFormat.Xlsx => extension is ".xlsx" or ".xltx",
            FileFormat.Ods => extension is ".ods" or ".ots",
            FileFormat.Xls => extension is ".xls" or ".xlt",
            _ => extension is ".csv" or ".txt" or ".tsv" or ".tab",
        };
        if (isExpected)
        {
            return null;
        }

        // The name is the sender's text, so only an ordinary extension is repeated.
        var isOrdinary = extension.Length is > 1 and <= 6 && extension.Skip(1).All(char.IsAsciiLetterOrDigit);
        return FileFindings.ReadAsOtherFormat(
            isOrdinary ? extension : "another extension",
            format switch
            {
                FileFormat.Xlsx => "an Excel workbook (.xlsx)",
                FileFormat.Ods => "an OpenDocument spreadsheet (.ods)",
                FileFormat.Xls => "an older Excel workbook (.xls)",
                _ => "text with separators (.csv)",
            });
    }
}
