using System.Text;
using System.Text.Json;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>The work of an officer with a keyboard only, with and without script: each story has as few presses as possible.</summary>
public sealed class OfficerStoryTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Idva = "/returns/idva-service/idva/";
    private const string Marac = "/returns/idva-service/marac/";
    private static readonly string[] Rows = ["City", "East", "Fenland", "Hunts", "South", "Health", "CYP", "A8", "Stalking", "Pboro"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 1280, "2023-24", 400)]
    [LongInlineData(true, 390, "2022-23", 402)]
    [LongInlineData(false, 1280, "2020-21", 403)]
    [LongInlineData(false, 390, "2021-22", 401)]
    public async Task An_officer_does_the_quarters_work_with_a_keyboard(bool hasScript, int width, string year, int last)
    {
        await using var visit = await chromium.VisitAsync(served.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = hasScript,
            ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("agency:idva-service"))],
        });
        var page = visit.Page;
        var presses = 0;

        // A file with the form of another return is moved there: 2 presses.
        var form = await page.Context.APIRequest.GetAsync($"{served.Address}{Marac}{year}-Q1/form");
        await page.GotoAsync($"{served.Address}{Idva}{year}-Q1");
        await ChooseAsync("form.xlsx", FilledForms.Fill(Examine.Form("idva-service/marac"), await form.BodyAsync()));
        await PressAsync(AriaRole.Button, "Send");
        await PressAsync(AriaRole.Button, "Move the file to the right return");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Accepted");
        Assert.Equal(($"{served.Address}{Marac}{year}-Q1/1", 2), (page.Url.Split('?')[0], presses));

        // 9 queries are answered on one page: 1 press after sending.
        presses = 0;
        await page.GotoAsync($"{served.Address}{Idva}{year}-Q2");
        var blanks = string.Concat(Rows.Select((row, at) => at < 9 ? $"{row},\r\n" : $"{row},{last}\r\n"));
        await ChooseAsync("idva.csv", Encoding.UTF8.GetBytes($"IDVA Referrals,Number\r\n{blanks}\r\nEngagement,Number\r\nEngaged,300\r\nRepeats,90\r\n"));
        await PressAsync(AriaRole.Button, "Send");
        await Assertions.Expect(page.Locator("textarea[name^=answer]")).ToHaveCountAsync(9);
        for (var at = 0; at < 9; at++)
        {
            await page.Locator("textarea[name^=answer]").Nth(at).FocusAsync();
            await page.Keyboard.TypeAsync("The system does not split these.");
        }

        await PressAsync(AriaRole.Button, "Save the explanations");
        await Assertions.Expect(page.GetByText("Explained: The system does not split these.")).ToHaveCountAsync(9);
        Assert.Equal(2, presses);

        // A nil return: 2 presses.
        presses = 0;
        await page.GotoAsync($"{served.Address}{Marac}{year}-Q3");
        await PressAsync(AriaRole.Link, "There was nothing to report");
        await PressAsync(AriaRole.Button, "Send a nil return");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Accepted");
        Assert.Equal(2, presses);

        // A withdrawn figure leaves at the next release: 1 press and a reason.
        presses = 0;
        await page.GotoAsync($"{served.Address}{Marac}{year}-Q4/figures");
        await page.Locator("#figure-cases-0-0").FocusAsync();
        await page.Keyboard.TypeAsync("350");
        await PressAsync(AriaRole.Button, "Send these figures");
        if (await page.Locator("input[name=answered]").Or(page.GetByText("Your reference")).First.GetAttributeAsync("name") is "answered")
        {
            // The figure is far from that of the nil return.
            await PressAsync(AriaRole.Button, "Send these figures");
        }

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Accepted");
        await served.Laptop.PublishAsync(Ct);
        Assert.Contains(350, await SeriesAsync(year));
        presses = 0;
        await page.GetByLabel("Reason").FocusAsync();
        await page.Keyboard.TypeAsync("Counted twice.");
        await PressAsync(AriaRole.Button, "Withdraw 1");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nothing: the figures were withdrawn");
        Assert.Equal(1, presses);
        await served.Laptop.PublishAsync(Ct);
        Assert.DoesNotContain(350, await SeriesAsync(year));
        Assert.Empty(visit.Faults);

        Task ChooseAsync(string name, byte[] content) => page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });

        async Task PressAsync(AriaRole role, string name)
        {
            presses++;
            await page.GetByRole(role, new() { Name = name, Exact = true }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }
    }

    /// <summary>The receipt can be kept as a workbook and printed on one page.</summary>
    [LongFact]
    public async Task A_receipt_is_kept_as_a_workbook_and_printed_without_forms()
    {
        await using var visit = await served.VisitAsync(chromium, PortalVisits.As("agency:idva-service"));
        await visit.Page.GotoAsync(served.Address + AgencysLaptop.Accepted + "/1");
        await visit.AssertUsableAsync();
        var link = await visit.Page.GetByText("Download the receipt (.xlsx)").GetAttributeAsync("href");
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        using var file = await client.GetAsync(link, Ct);
        Assert.Equal("Receipt idva-service marac 2019-20-Q1 version 1.xlsx", file.Content.Headers.ContentDisposition!.FileNameStar);
        var cells = Workbooks.ReadFile(await file.Content.ReadAsByteArrayAsync(Ct), "receipt.xlsx").Sheets.SelectMany(sheet => Enumerable.Range(1, sheet.RowCount).SelectMany(row => Enumerable.Range(1, 3).Select(column => sheet[row, column].DisplayText))).ToList();
        Assert.Contains("marac 2019-20-Q1, version 1", cells);
        Assert.Contains("371", cells);
        Assert.Contains("Accepted", cells);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(visit.Page.GetByText("Your reference")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.GetByText("Withdraw these figures")).ToBeHiddenAsync();

        // A rejected version has none, and another agency gets none.
        using var other = served.Client(PortalVisits.As("agency:elms-sarc"));
        using var rejected = await client.GetAsync(AgencysLaptop.Accepted + "/2/receipt", Ct);
        using var refused = await other.GetAsync("/api/receipt?return=idva-service/marac&period=2019-20-Q1&version=1", Ct);
        using var program = await client.GetAsync("/api/receipt?return=idva-service/marac&period=2019-20-Q1&version=1", Ct);
        Assert.Equal((404, 403, 200), ((int)rejected.StatusCode, (int)refused.StatusCode, (int)program.StatusCode));
        Assert.Equal(await client.GetByteArrayAsync(AgencysLaptop.Accepted + "/1/receipt", Ct), await program.Content.ReadAsByteArrayAsync(Ct));
    }

    private async Task<List<decimal?>> SeriesAsync(string year)
    {
        using var client = new HttpClient();
        using var feed = JsonDocument.Parse(await client.GetStringAsync($"{served.Address}/feed/{year}/headlines.json", Ct));
        return [.. feed.RootElement.GetProperty("headlines").EnumerateArray().Single(headline => headline.GetProperty("id").GetString() == "marac-cases").GetProperty("series").EnumerateArray()
            .Select(point => point.GetProperty("value").ValueKind == JsonValueKind.Number ? point.GetProperty("value").GetDecimal() : (decimal?)null)];
    }
}
