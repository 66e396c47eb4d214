using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.IntegrationTests.Portal.Status;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>The pages and upload links of a period that has not ended. It is 1 June 2020.</summary>
public sealed class UnendedPeriodTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private const string Running = "/returns/idva-service/marac/2020-21-Q1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_return_of_a_running_quarter_has_a_form_to_download_and_the_day_from_which_it_can_be_sent()
    {
        using var client = Client();

        var page = await client.GetStringAsync(Running, Ct);
        using var form = await client.GetAsync(Running + "/form", Ct);

        Assert.Contains("April to June 2020 has not ended yet. You can send its figures from 30 June 2020.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-upload", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.Contains("You can send it from 30 June 2020. It is due by ", await client.GetStringAsync("/returns/idva-service", Ct), StringComparison.Ordinal);
        await chromium.AssertUsableAsync(served.Address, ManagersLaptop.Agency, Running);
    }

    [Theory]
    [InlineData(Running, "April to June 2020 has not ended yet. You can send its figures from 30 June 2020.")]
    [InlineData("/returns/idva-service/marac/2020-21-Q2", "July to September 2020 has not started yet.")]
    public async Task A_file_for_a_period_that_has_not_ended_is_refused_and_not_stored(string address, string message)
    {
        using var client = Client();
        var token = await AgencysLaptop.TokenOfAsync(client, "/returns/idva-service/marac/2019-20-Q1");

        using var answer = await AgencysLaptop.PostFileAsync(client, address, "marac.csv", "MARAC cases heard,371"u8.ToArray(), token);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(message, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Empty(await served.Laptop.Account.GetBlobContainerClient("returns").GetBlobsAsync(cancellationToken: Ct).Where(blob => blob.Name.Contains("2020-21", StringComparison.Ordinal)).ToListAsync(Ct));
    }

    [Fact]
    public async Task No_upload_link_is_granted_for_a_period_that_has_not_ended()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        using var body = new StringContent(JsonSerializer.Serialize(new { @return = "idva-service/marac", period = "2020-21-Q1", file = "x.csv" }), Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync("/api/upload-links", body, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("You can send its figures from 30 June 2020.", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(served.Address) };
        client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", ManagersLaptop.Agency);
        return client;
    }
}
