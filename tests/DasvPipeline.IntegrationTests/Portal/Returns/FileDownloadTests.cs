using System.Net;
using System.Text;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>The file as it was sent can be downloaded, unless it contains personal data.</summary>
public sealed class FileDownloadTests(AgencysLaptop served) : IClassFixture<AgencysLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("marac/2019-20-Q1", "MARAC cases heard,lots", true)]
    [InlineData("marac/2019-20-Q2", "MARAC cases heard,12,jo@example.org", false)]
    [InlineData("marac/2019-20-Q3", "Client ID,Age,Gender,Outcome\r\nC1,34,F,Improved\r\nC2,27,F,No change", false)]
    public async Task A_rejected_file_is_offered_and_given_out_only_if_it_contains_no_personal_data(string id, string content, bool isGiven)
    {
        var page = $"/returns/idva-service/{id}";
        using var agency = served.Client(PortalVisits.As("agency:idva-service"));
        using var sent = await AgencysLaptop.PostFileAsync(agency, page, "figures.csv", Encoding.UTF8.GetBytes(content), await AgencysLaptop.TokenOfAsync(agency, page));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var version = sent.Headers.Location!.OriginalString;

        foreach (var role in new[] { "agency:idva-service", "manager" })
        {
            using var client = served.Client(PortalVisits.As(role));
            var shown = await client.GetStringAsync(version, Ct);
            Assert.Contains("Rejected", shown, StringComparison.Ordinal);
            Assert.Equal(isGiven, shown.Contains("Download the file as it was sent", StringComparison.Ordinal));

            using var file = await client.GetAsync(version + "/file", Ct);
            var body = await file.Content.ReadAsStringAsync(Ct);
            Assert.Equal(isGiven ? HttpStatusCode.OK : HttpStatusCode.NotFound, file.StatusCode);
            Assert.Equal(isGiven, body == content);
            Assert.Equal(!isGiven, body.Contains("You cannot download this file here.", StringComparison.Ordinal));
        }
    }
}
