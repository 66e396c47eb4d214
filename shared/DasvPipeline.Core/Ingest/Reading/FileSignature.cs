using System.Text;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

internal enum FileContainer
{
    Text,

    /// <summary>A zip archive, such as .xlsx and .ods.</summary>
    Zip,

    /// <summary>An OLE compound file: the format of Office before 2007, and of an encrypted .xlsx.</summary>
    Compound,
}

/// <summary>Detects the type of a file from its first bytes. Any other content is treated as text, because it may be a CSV file.</summary>
internal readonly record struct FileSignature(FileContainer Container, Finding? Refusal)
{
    private static readonly (byte[] Start, string LikelyType)[] Known =
    [
        ("%PDF-"u8.ToArray(), "a PDF"),
        ([0x89, .. "PNG"u8], "a picture (PNG)"),
        ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"),
        ("GIF8"u8.ToArray(), "a picture (GIF)"),
        ("{\\rtf"u8.ToArray(), "a text document (RTF)"),
        ([0x1F, 0x8B, 0x08], "a compressed file (gzip)"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a compressed file (7-Zip)"),
        ([.. "Rar!"u8, 0x1A, 0x07], "a compressed file (RAR)"),
    ];

    // Before Excel 5, a workbook was a plain stream of records.
    private static readonly byte[][] OldestExcel = [[9, 0, 4, 0], [9, 2, 6, 0], [9, 4, 6, 0]];

    // A text that starts with one of these tags is a web page or XML. "<5" or "<script>" in the first cell of a table is not.
    private static readonly string[] Markup =
        ["!doctype", "!--", "?xml", "html", "head", "body", "meta", "table", "style", "div", "svg"];

    public static FileSignature Detect(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith("PK\u0005\u0006"u8))
        {
            return new FileSignature(FileContainer.Zip, null);
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return new FileSignature(FileContainer.Compound, null);
        }

        foreach (var start in OldestExcel)
        {
            if (content.StartsWith(start))
            {
                return new FileSignature(FileContainer.Compound, FileFindings.TooOld());
            }
        }

        foreach (var (start, likelyType) in Known)
        {
            if (content.StartsWith(start))
            {
                return new FileSignature(FileContainer.Text, FileFindings.NotASpreadsheet(likelyType));
            }
        }

        return new FileSignature(FileContainer.Text, null);
    }

    /// <summary>
    /// Returns true for the small file that Excel (~$figures.xlsx) or LibreOffice (.~lock.figures.ods#) keeps next to an open
    /// workbook. It names the user.
    /// </summary>
    public static bool IsLockFile(ReadOnlySpan<byte> content, string fileName)
    {
        const int MaxLength = 1024, ExcelLength = 165, MaxNameLength = 54;
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        if (content.Length > MaxLength || Detect(content).Container != FileContainer.Text)
        {
            return false;
        }

        var isNamed = name.StartsWith("~$", StringComparison.Ordinal) || (name.StartsWith(".~lock.", StringComparison.Ordinal) && name.EndsWith('#'));

        // Excel: the length of the name, the name, filled up with spaces, and the same in UTF-16.
        var isExcel = content.Length == ExcelLength && content[0] is > 0 and <= MaxNameLength && content[MaxNameLength] is 0 or (byte)' ' && content[MaxNameLength + 1] == content[0];

        // LibreOffice: user and computer in fields, the time, and the folder of its profile.
        var isLibreOffice = content.StartsWith(","u8) && content.TrimEnd("\r\n"u8).EndsWith(";"u8) && content.IndexOf(",file://"u8) > 0;
        return isNamed || isExcel || isLibreOffice;
    }

    // The first lines of an e-mail contain one of these headers.
    private static readonly string[] MailHeadings = ["Received:", "Return-Path:", "Delivered-To:", "Message-ID:", "MIME-Version:"];

    private const int MailStart = 4096;

    /// <summary>Refuses a text that is an e-mail, a web page or XML. <paramref name="utf8"/> has no byte order mark.</summary>
    public static Finding? CheckText(ReadOnlySpan<byte> utf8)
    {
        if (IsMail(utf8))
        {
            return FileFindings.NotASpreadsheet("an e-mail");
        }

        var start = utf8.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] != '<')
        {
            return null;
        }

        Span<char> name = stackalloc char[16];
        var length = Encoding.Latin1.GetChars(start[1..Math.Min(start.Length, name.Length)], name);
        foreach (var word in Markup)
        {
            if (((ReadOnlySpan<char>)name[..length]).StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return FileFindings.NotASpreadsheet(word == "?xml" ? "an XML file" : "a web page");
            }
        }

        return null;
    }

    private static bool IsMail(ReadOnlySpan<byte> utf8)
    {
        foreach (var line in Encoding.Latin1.GetString(utf8[..Math.Min(utf8.Length, MailStart)]).EnumerateLines())
        {
            foreach (var heading in MailHeadings)
            {
                if (line.StartsWith(heading, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
