using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.IntegrationTests.Site;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>An agency sees its own figures over time, next to the published ones only.</summary>
public sealed class AgencyFiguresTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Page = "/returns/idva-service/figures";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Own_figures_are_next_to_published_ones_and_a_hidden_number_stays_hidden()
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        foreach (var (period, cases) in new[] { ("2022-23-Q1", "2"), ("2022-23-Q2", "[x]"), ("2022-23-Q3", "350") })
        {
            var page = $"/returns/idva-service/marac/{period}";
            using var sent = await AgencysLaptop.PostFileAsync(client, page, "marac.csv", Encoding.UTF8.GetBytes($"MARAC cases heard,{cases}"), await AgencysLaptop.TokenOfAsync(client, page));
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        }

        await served.Laptop.PublishAsync(Ct);

        // Accepted after the release, so that no reader has seen it.
        using var late = await AgencysLaptop.PostFileAsync(client, "/returns/idva-service/marac/2022-23-Q4", "marac.csv", "MARAC cases heard,351"u8.ToArray(), await AgencysLaptop.TokenOfAsync(client, "/returns/idva-service/marac/2022-23-Q4"));
        using var json = JsonDocument.Parse(await client.GetStringAsync("/api/agency-figures?agency=idva-service", Ct));
        var points = Assert.Single(json.RootElement.EnumerateArray(), series => series.GetProperty("measure").GetString() == "marac.cases").GetProperty("points").EnumerateArray()
            .ToDictionary(point => point.GetProperty("period").GetString()!, point => (Text: point.GetProperty("text").GetString(), Published: point.GetProperty("published").GetString()));
        Assert.Equal(("371", "371"), points["2019-20-Q1"]);
        Assert.Equal("2", points["2022-23-Q1"].Text);
        Assert.DoesNotContain("2", points["2022-23-Q1"].Published ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(("[x]", "351"), (points["2022-23-Q2"].Text, points["2022-23-Q4"].Text));
        Assert.NotEqual("351", points["2022-23-Q4"].Published);

        var shown = await client.GetStringAsync(Page, Ct);
        Assert.Contains("Chart of MARAC cases", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("SARC", shown, StringComparison.Ordinal);
        using var other = served.Client(PortalVisits.As("agency:elms-sarc"));
        using var refused = await other.GetAsync(Page, Ct);
        using var program = await other.GetAsync("/api/agency-figures?agency=idva-service", Ct);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (refused.StatusCode, program.StatusCode));
        await chromium.AssertUsableAsync(served.Address, PortalVisits.As("agency:idva-service"), Page);
    }

    [Fact]
    public async Task An_agency_without_figures_is_shown_that_it_has_none()
    {
        using var client = served.Client(PortalVisits.As("agency:refuge"));
        Assert.Contains("We have no accepted figures yet.", await client.GetStringAsync("/returns/refuge/figures", Ct), StringComparison.Ordinal);
    }
}
