using System.Text;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>What the first bytes say a file is. Text gets the benefit of the doubt: it may be a CSV file.</summary>
internal readonly record struct Signature(bool IsZip, Finding? Refusal)
{
    private const string OlderOffice = "an older Microsoft Office file";

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

    // With these a text is a web page or XML; "<5" and "<script>" in the first cell of a table are not.
    private static readonly string[] Markup =
        ["!doctype", "!--", "?xml", "html", "head", "body", "meta", "table", "style", "div", "svg"];

    public static Signature Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith("PK\u0005\u0006"u8))
        {
            return new Signature(true, null);
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return new Signature(false, OfCompoundFile(content));
        }

        foreach (var (start, seemsToBe) in Known)
        {
            if (content.StartsWith(start))
            {
                return new Signature(false, FileFinding.NotASpreadsheet(seemsToBe));
            }
        }

        return new Signature(false, null);
    }

    /// <summary>A web page or XML that calls itself a table of figures; <paramref name="utf8"/> without its byte order mark.</summary>
    public static Finding? OfText(ReadOnlySpan<byte> utf8)
    {
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

    /// <summary>An encrypted .xlsx is wrapped in the same container as an old .xls; the names of its streams tell them apart.</summary>
    private static Finding OfCompoundFile(ReadOnlySpan<byte> content)
    {
        if (Names(content, "EncryptedPackage"))
        {
            return FileFinding.PasswordProtected();
        }

        var seemsToBe =
            Names(content, "WordDocument") ? "an older Word document (.doc)"
            : Names(content, "PowerPoint Document") ? "an older PowerPoint presentation (.ppt)"
            : Names(content, "Workbook") || Names(content, "Book") ? "an older Excel workbook (.xls)"
            : OlderOffice;
        return FileFinding.NotASpreadsheet(seemsToBe);
    }

    private static bool Names(ReadOnlySpan<byte> content, string stream) => content.IndexOf(Encoding.Unicode.GetBytes(stream)) >= 0;
}
