using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The board of 60 agencies: small, on 2 screens, printed whole, and as a file of what is shown.</summary>
public sealed partial class LargeBoardPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int MaxBytes = 300_000;

    /// <summary>The printable width in pixels of a page that is wider than high, with margins of 10 mm: A4 and A3.</summary>
    private static readonly (string Format, int Width)[] Papers = [("A4", 1047), ("A3", 1512)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task The_board_of_60_agencies_is_small_and_fits_on_2_screens_and_on_paper()
    {
        await using var laptop = await LaptopHost.StartAsync(null, ServedLaptop.FreePort(), new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)), Ct, catalogue: LargeCatalogue.Files);
        var address = laptop.Address.ToString().TrimEnd('/');
        using var manager = AgencysLaptop.ClientOf(address, ManagersLaptop.Manager);
        foreach (var path in new[] { "/status?year=2025-26", "/status?year=2025-26&with=last", "/status?with=last&rows=agency", "/status/timeliness" })
        {
            Assert.InRange((await manager.GetByteArrayAsync(path, Ct)).Length, 1, MaxBytes);
        }

        // The files have what is shown.
        const string Query = "?year=2025-26&with=last&search=district%207&sort=return";
        var csv = Encoding.UTF8.GetString(await manager.GetByteArrayAsync("/status/file/returns.csv" + Query, Ct)).TrimEnd().Split("\r\n");
        Assert.Equal("Agency,Return,2025-26-Q1,2025-26-Q2,2025-26-Q3,2025-26-Q4,2025-26,2024-25-Q1,2024-25-Q2,2024-25-Q3,2024-25-Q4,2024-25", csv[0][1..]);
        Assert.Equal(["Support for district 7,Cases and referrals,Overdue,Overdue,Overdue,Overdue,,Overdue,Overdue,Overdue,Overdue,"], csv[1..]);
        var sheet = Assert.Single(Workbooks.ReadFile(await manager.GetByteArrayAsync("/status/file/returns.xlsx" + Query, Ct), "returns.xlsx").Sheets);
        Assert.Equal(("Support for district 7", "Overdue"), (sheet[3, 1].DisplayText, sheet[3, 3].DisplayText));
        Assert.Equal(61, Encoding.UTF8.GetString(await manager.GetByteArrayAsync("/status/timeliness/timeliness.csv", Ct)).Split("2025-26").Length);
        using var unknown = await manager.GetAsync("/status/file/none.pdf", Ct);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);

        await using var visit = await chromium.VisitAsync(address, ManagersLaptop.Manager, hasScript: false, height: 1024);
        await visit.Page.GotoAsync(address + "/status?year=2025-26&with=last");
        await Assertions.Expect(visit.Page.Locator(".portal-grid tbody tr")).ToHaveCountAsync(LargeCatalogue.Returns);
        Assert.InRange(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"), 1, 2 * 1024);
        Assert.InRange(await visit.Page.Locator(".portal-grid tbody tr").First.EvaluateAsync<double>("(row) => row.offsetHeight"), 24, 30);

        // The headings stay in sight while the grid is scrolled.
        Assert.True(await visit.Page.EvaluateAsync<bool>(
            """
            () => {
              const grid = document.querySelector('.portal-grid-scrolls');
              grid.scrollTop = grid.scrollHeight;
              return grid.scrollTop > 0 && Math.abs(grid.querySelector('thead').getBoundingClientRect().top - grid.getBoundingClientRect().top) < 2;
            }
            """));

        // On paper, every column is on the page, nothing scrolls, and no address is printed in the grid.
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var (format, width) in Papers)
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            Assert.True(await visit.Page.EvaluateAsync<bool>(
                """
                (width) => [...document.querySelectorAll('.portal-grid th, .portal-grid td')].every((cell) => cell.getBoundingClientRect().right <= width)
                  && document.querySelector('.portal-grid-scrolls').scrollHeight <= document.querySelector('.portal-grid-scrolls').offsetHeight + 1
                """,
                width));
            var pdf = Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { Format = format, PreferCSSPageSize = false }));
            var sizes = MediaBox().Matches(pdf).Select(box => (Width: double.Parse(box.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), Height: double.Parse(box.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))).ToList();
            Assert.InRange(sizes.Count, 1, 6);
            Assert.All(sizes, size => Assert.True(size.Width > size.Height, format));
        }

        Assert.Equal(
            ["none"],
            await visit.Page.Locator(".portal-grid a").EvaluateAllAsync<string[]>("links => [...new Set(links.map((link) => getComputedStyle(link, '::after').content))]"));
    }

    [GeneratedRegex(@"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")]
    private static partial Regex MediaBox();
}
