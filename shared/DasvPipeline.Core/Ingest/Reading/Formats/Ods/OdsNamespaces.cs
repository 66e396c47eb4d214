namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>The XML namespaces of OpenDocument that are used here.</summary>
internal static class OdsNamespaces
{
    public const string Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    public const string Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    public const string Style = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    public const string Number = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0";
    public const string Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    public const string XLink = "http://www.w3.org/1999/xlink";
    public const string Draw = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
    public const string Svg = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0";
    public const string DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>LibreOffice's additions to cells.</summary>
    public const string Calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";

    public const string Manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
}
