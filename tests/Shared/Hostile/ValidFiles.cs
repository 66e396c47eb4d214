using System.Text;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Hostile;

/// <summary>One file of the corpus. <c>expected.csv</c> has its expected answer.</summary>
internal sealed record HostileFile(string Name, byte[] Content)
{
    public HostileFile(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>Whether it is made to use time or memory. It then has its own process.</summary>
    public bool IsHeavy { get; init; }

    public static HostileFile Heavy(HostileFile file) => file with { IsHeavy = true };
}

/// <summary>The small valid return on which the corpus is based: two figures, 51 and 24.</summary>
internal static class ValidFiles
{
    public const string Return = "elms-sarc/referrals";
    public const string Period = "2019-20-Q1";

    public const string Csv = "Over 18s,51\r\nUnder 18s,24\r\n";
    public const string List = "measure,age,value,note\r\nsarc.referrals,18-and-over,51,\r\nsarc.referrals,under-18,24,\r\n";
    public const string XlsxRows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Over 18s</t></is></c><c r=\"B1\"><v>51</v></c></row>" + LastXlsxRow;
    public const string LastXlsxRow = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Under 18s</t></is></c><c r=\"B2\"><v>24</v></c></row>";

    public static readonly string OdsRows = OdsRow("Over 18s", OdsBytes.Number("51")) + OdsRow("Under 18s", OdsBytes.Number("24"));

    public static readonly byte[][] XlsRecords = [XlsBytes.Label(1, 1, "Over 18s"), XlsBytes.Number(1, 2, 51), XlsBytes.Label(2, 1, "Under 18s"), XlsBytes.Number(2, 2, 24)];

    public static XlsxBytes Xlsx() => new XlsxBytes().Sheet("Figures", XlsxRows);

    /// <summary>Returns the file with this in the first figure's cell: <c>t="s"&gt;&lt;v&gt;7&lt;/v&gt;</c>.</summary>
    public static byte[] XlsxWith(string cell, params string[] texts) => new XlsxBytes().Texts(texts)
        .Sheet("Figures", "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Over 18s</t></is></c><c r=\"B1\" " + cell + "</c></row>" + LastXlsxRow).ToArray();

    public static string OdsRow(string label, string cells) => OdsBytes.Row(OdsBytes.Text($"<text:p>{label}</text:p>") + cells);

    public static XlsBytes Xls() => new XlsBytes().Sheet("Figures", XlsRecords);

    /// <summary>Repeats the text up to this length, or a little less.</summary>
    public static string Repeated(string text, int length) => new StringBuilder(length).Insert(0, text, length / text.Length).ToString();
}
