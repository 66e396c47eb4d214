using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>The same figures in another format, encoding, separator or layout are the same observations.</summary>
public sealed class SameFiguresTests
{
    private const string Refuge = "refuge/services";
    private const string Table = """
        Refuge’s return – Quarter 1, 2019-20
        Outreach
        Outreach referrals|1,144
        Outreach referrals contacted and supported|75%
        Children indirectly supported|37 approx
        Better informed and empowered to act|Unknown

        Refuges
        Women accommodated in refuge|3 (4 children)
        Children accommodated in refuge|<5
        """;

    private const string List = """
        measure|area|value
        Children accommodated in refuge||<5
        refuge.women||3 (4 children)
        Better informed and empowered to act||Unknown
        Outreach referrals||1,144
        Children indirectly supported|County|37 approx
        Outreach referrals contacted and supported||75%
        """;

    public static TheoryData<char, string, bool> Variants()
    {
        var variants = new TheoryData<char, string, bool>();
        foreach (var separator in ",;\t")
        {
            foreach (var encoding in (string[])["utf-8", "utf-8 with mark", "utf-16", "utf-16BE", "windows-1252"])
            {
                variants.Add(separator, encoding, false);
                variants.Add(separator, encoding, true);
            }
        }

        return variants;
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task The_same_figures_in_another_layout_give_the_same_observations(char separator, string encoding, bool isList)
    {
        var csv = Encoded(Grid.Of(isList ? List : Table).Csv(separator), encoding);
        Assert.Equal(await FiguresAsync(Grid.Of(Table).Xlsx(), "return.xlsx"), await FiguresAsync(csv, "return.csv"));
    }

    private static async Task<IEnumerable<Observation>> FiguresAsync(byte[] content, string name)
    {
        var examined = await Examine.FileAsync(Refuge, "2019-20-Q1", content, name);
        Assert.True(examined.IsAccepted, Examine.Findings(examined));
        Assert.Equal(6, examined.Observations.Count);
        return examined.Observations.Select(observation => observation with { Cell = default });
    }

    private static byte[] Encoded(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8 with mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        "utf-16BE" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
    };
}
