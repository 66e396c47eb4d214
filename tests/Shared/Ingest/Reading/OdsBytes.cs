using System.Text;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Small .ods spreadsheets made part by part, so that a test can also make what no program would write.</summary>
internal static class OdsBytes
{
    public const string MediaType = "application/vnd.oasis.opendocument.spreadsheet";
    private const string Urn = "urn:oasis:names:tc:opendocument:xmlns:";

    public const string Namespaces =
        $"xmlns:office=\"{Urn}office:1.0\" xmlns:table=\"{Urn}table:1.0\" xmlns:text=\"{Urn}text:1.0\" xmlns:style=\"{Urn}style:1.0\" xmlns:number=\"{Urn}datastyle:1.0\" "
        + "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";

    private const string Styles =
        """
        <number:date-style style:name="D"><number:year/><number:text>-</number:text><number:month/><number:day/></number:date-style>
        <number:date-style style:name="DT"><number:hours/><number:minutes/><number:day/></number:date-style>
        <number:time-style style:name="T"><number:hours/></number:time-style><number:time-style style:name="E" number:truncate-on-overflow="false"><number:hours/></number:time-style>
        <style:style style:name="day" style:family="table-cell" style:data-style-name="D"/><style:style style:name="day and hour" style:family="table-cell" style:data-style-name="DT"/>
        <style:style style:name="hour" style:family="table-cell" style:data-style-name="T"/><style:style style:name="hours" style:family="table-cell" style:data-style-name="E"/>
        <style:style style:name="bold day" style:family="table-cell" style:parent-style-name="day"/>
        <style:style style:name="share" style:family="table-cell" style:data-style-name="P"/><number:percentage-style style:name="P"><number:number/></number:percentage-style>
        <style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>
        <style:style style:name="flat" style:family="table-row"><style:table-row-properties style:row-height="0.000in"/></style:style>
        <style:style style:name="low" style:family="table-row"><style:table-row-properties style:row-height="0.01in"/></style:style>
        <style:style style:name="narrow" style:family="table-column"><style:table-column-properties style:column-width="0cm"/></style:style>
        """;

    /// <summary>Creates a spreadsheet of one sheet with these rows: <c>&lt;table:table-row&gt;…</c>.</summary>
    public static byte[] Of(string rows) => OfSheets(Sheet(rows));

    public static string Sheet(string rows, string name = "Figures", string more = "") => $"<table:table table:name=\"{name}\" {more}>{rows}</table:table>";

    public static byte[] OfSheets(string sheets, params (string Name, string Content)[] parts) =>
        OfContent(Content(sheets), parts);

    public static string Content(string sheets) =>
        $"<office:document-content {Namespaces}><office:automatic-styles>{Styles}</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>";

    public static byte[] OfContent(string content, params (string Name, string Content)[] parts) => XlsxBytes.Zip(
    [
        ("mimetype", Encoding.ASCII.GetBytes(MediaType)),
        ("content.xml", Encoding.UTF8.GetBytes(content)),
        .. parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content))),
    ]);

    public static string Row(string cells, string more = "") => $"<table:table-row {more}>{cells}</table:table-row>";

    public static string Number(string value, string more = "") => $"<table:table-cell office:value-type=\"float\" office:value=\"{value}\" {more}><text:p>{value}</text:p></table:table-cell>";

    public static string Text(string paragraphs, string more = "") => $"<table:table-cell office:value-type=\"string\" {more}>{paragraphs}</table:table-cell>";
}
