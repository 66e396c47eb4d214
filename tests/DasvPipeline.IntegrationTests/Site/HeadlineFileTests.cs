using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>A card has an address, and its files are made in the browser, with the source and the licence in them.</summary>
public sealed class HeadlineFileTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    private const string Publisher = "Cambridgeshire and Peterborough Domestic Abuse and Sexual Violence Partnership";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_link_opens_the_card_of_a_year_and_its_files_hold_what_the_card_shows()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.OpenAsync("2019-20.html");
        var card = visit.Page.Locator("#idva-referrals");
        await card.GetByText("Share or download").ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Assertions.Expect(card.Locator(".site-share__said")).ToHaveTextAsync("The link is copied.");
        var address = served.Site() + "2019-20.html#idva-referrals";
        Assert.Equal(address, await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        var csv = Encoding.UTF8.GetString(await SaveAsync(visit, card, "CSV", "csv")).Split("\r\n");
        Assert.Equal("headline,title,period,dimension,label,value,unit,markers,source,licence,address", csv[0]);
        Assert.Contains($"idva-referrals,Referrals to the Independent Domestic Violence Advisory Service,2018-19,total,Year,1831,referrals,,{Publisher},Open Government Licence v3.0,{address}", csv);
        Assert.Contains(csv, line => line.Contains(",2019-20,area,Fenland,177,", StringComparison.Ordinal));

        var cells = ReadCells(await SaveAsync(visit, card, "Excel", "xlsx"));
        Assert.Contains("1979", cells);
        Assert.Contains("Fenland", cells);
        Assert.Contains($"Source: {Publisher}", cells);
        Assert.Contains("Licence: Open Government Licence v3.0", cells);

        var picture = XDocument.Parse(Encoding.UTF8.GetString(await SaveAsync(visit, card, "Picture (SVG)", "svg")));
        var words = picture.Descendants().Where(part => part.Name.LocalName == "text").Select(part => part.Value).ToList();
        Assert.Contains("1,831", words);
        Assert.Contains("495", words);
        Assert.Contains("Licence: Open Government Licence v3.0", words);
        Assert.Contains($"Address: {address}", words);

        var image = await SaveAsync(visit, card, "Picture (PNG)", "png");
        Assert.Equal("\x89PNG\r\n\x1a\n", Encoding.Latin1.GetString(image.AsSpan(0, 8)));
        Assert.True(image.Length > 10_000, $"{image.Length}");
        Assert.Empty(visit.Faults);

        await visit.OpenAsync("2018-19.html#idva-referrals");
        Assert.True(await visit.Page.Locator("#idva-referrals").EvaluateAsync<bool>("(card) => card.matches(':target') && card.getBoundingClientRect().top < innerHeight"));
    }

    [Fact]
    public async Task A_hidden_figure_is_in_no_file()
    {
        await using var visit = await States.EnterAsync("hidden and provisional", served, chromium);
        var card = visit.Page.Locator("article").First;
        var csv = Encoding.UTF8.GetString(await SaveAsync(visit, card, "CSV", "csv")).Split("\r\n");
        Assert.Contains(csv, line => line.Contains(",2019-20,total,Year,,referrals,[c],", StringComparison.Ordinal));
        Assert.Contains(csv, line => line.Contains(",2019-20-Q1,total,Quarter,,referrals,[c],", StringComparison.Ordinal));
        var picture = Encoding.UTF8.GetString(await SaveAsync(visit, card, "Picture (SVG)", "svg"));
        Assert.DoesNotContain(">495<", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("1,979", picture, StringComparison.Ordinal);
    }

    private static async Task<byte[]> SaveAsync(Visit visit, ILocator card, string button, string ending)
    {
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => card.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        Assert.EndsWith($"-2019-20.{ending}", file.SuggestedFilename, StringComparison.Ordinal);
        return await File.ReadAllBytesAsync(await file.PathAsync(), Ct);
    }

    private static List<string> ReadCells(byte[] workbook)
    {
        using var archive = new ZipArchive(new MemoryStream(workbook));
        using var sheet = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        return [.. XDocument.Load(sheet).Descendants().Where(cell => cell.Name.LocalName == "c").Select(cell => cell.Value)];
    }
}
