using System.Text;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

internal enum FileContainer
{
    Text,

    /// <summary>A zip archive, as .xlsx and .ods are.</summary>
    Zip,

    /// <summary>What Office used before 2007, and still uses around an encrypted .xlsx.</summary>
    Compound,
}

/// <summary>What the first bytes say a file is. Text gets the benefit of the doubt: it may be a CSV file.</summary>
internal readonly record struct Signature(FileContainer Container, Finding? Refusal)
{
    private static readonly (byte[] Start, string SeemsToBe)[] Known =
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

    // Before Excel 5 a workbook was its records and nothing around them.
    private static readonly byte[][] OldestExcel = [[9, 0, 4, 0], [9, 2, 6, 0], [9, 4, 6, 0]];

    // With these a text is a web page or XML; "<5" and "<script>" in the first cell of a table are not.
    private static readonly string[] Markup =
        ["!doctype", "!--", "?xml", "html", "head", "body", "meta", "table", "style", "div", "svg"];

    public static Signature Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith("PK\u0005\u0006"u8))
        {
            return new Signature(FileContainer.Zip, null);
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return new Signature(FileContainer.Compound, null);
        }

        foreach (var start in OldestExcel)
        {
            if (content.StartsWith(start))
            {
                return new Signature(FileContainer.Compound, FileFinding.TooOld());
            }
        }

        foreach (var (start, seemsToBe) in Known)
        {
            if (content.StartsWith(start))
            {
                return new Signature(FileContainer.Text, FileFinding.NotASpreadsheet(seemsToBe));
            }
        }

        return new Signature(FileContainer.Text, null);
    }

    // Whatever else its first lines say, an e-mail has one of these among them.
    private static readonly string[] MailHeadings = ["Received:", "Return-Path:", "Delivered-To:", "Message-ID:", "MIME-Version:"];

    private const int MailStart = 4096;

    /// <summary>An e-mail, a web page or XML that calls itself a table of figures; <paramref name="utf8"/> without its byte order mark.</summary>
    public static Finding? OfText(ReadOnlySpan<byte> utf8)
    {
        if (IsMail(utf8))
        {
            return FileFinding.NotASpreadsheet("an e-mail");
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
                return FileFinding.NotASpreadsheet(word == "?xml" ? "an XML file" : "a web page");
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
