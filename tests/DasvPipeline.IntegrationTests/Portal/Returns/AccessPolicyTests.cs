using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.Local.Host;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>An agency has access to its own returns only, and an anonymous caller to none (promise 17).</summary>
public sealed class AccessPolicyTests(AgencysLaptop served) : IClassFixture<AgencysLaptop>
{
    /// <summary>Paths without any agency's data.</summary>
    private static readonly string[] ForAnyone = ["About", "Accessibility", "ApiDescription", "ApiPage", "Asset", "Favicon", "Feed", "Health", "Robots", "SecurityContact", "Site", "Sitemap", "ZOtherAddress"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_anonymous_caller_has_access_to_public_pages_only()
    {
        using var client = served.Client(null);
        foreach (var trigger in served.Laptop.Triggers.HttpTriggers.Where(trigger => !ForAnyone.Contains(trigger.Name)))
        {
            using var answer = await SendAsync(client, trigger);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                || (answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString.StartsWith("/sign-in?from=", StringComparison.Ordinal)),
                $"{trigger.Name}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task An_agency_has_access_to_its_own_returns_only()
    {
        using var client = served.Client(PortalVisits.As("agency:constabulary"));
        foreach (var trigger in served.Laptop.Triggers.HttpTriggers.Where(trigger => !ForAnyone.Contains(trigger.Name) && trigger.Name is not ("Access" or "AskForAccess" or "Returns" or "UploadLink" or "Withdraw" or "ChooseVersion" or "DeleteFile" or "MoveFile" or "NilReturn" or "EnterFigures" or "SendFiles" or "EntryForm" or "AgencyFigures" or "Receipt" or "Arrange" or "MessageContact")))
        {
            using var answer = await SendAsync(client, trigger);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{trigger.Name}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("agency:idva-service", 200)]
    [InlineData("manager", 200)]
    [InlineData("agency:elms-sarc", 403)]
    [InlineData("agency:", 403)]
    [InlineData("agency:*", 403)]
    [InlineData("agency.idva-service", 403)]
    [InlineData("Agency:idva-service", 403)]
    [InlineData("idva-service", 403)]
    [InlineData("agency:idva-service/marac", 403)]
    public async Task A_role_gives_access_to_the_returns_it_names(string role, int status)
    {
        using var client = served.Client(PortalVisits.As(role));
        foreach (var path in new[] { "/returns/idva-service", AgencysLaptop.Accepted, AgencysLaptop.Accepted + "/form", AgencysLaptop.Accepted + "/1", AgencysLaptop.Accepted + "/1/file", AgencysLaptop.Accepted + "/2/file", AgencysLaptop.Accepted + "/2/marked" })
        {
            using var answer = await client.GetAsync(path, Ct);

            // The second file overwrote the first, and is not shown in its place.
            Assert.Equal(status == 200 && path.EndsWith("/1/file", StringComparison.Ordinal) ? 404 : status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_form_is_accepted_only_from_the_user_it_was_shown_to()
    {
        using var own = served.Client(PortalVisits.As("agency:idva-service"));
        var token = await AgencysLaptop.TokenOfAsync(own, AgencysLaptop.Accepted);
        using var without = await AgencysLaptop.PostFileAsync(own, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), "none");
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);

        using var elsewhere = served.Client(PortalVisits.As("agency:idva-service"));
        using var noCookie = await AgencysLaptop.PostFileAsync(elsewhere, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), token);
        Assert.Equal(HttpStatusCode.BadRequest, noCookie.StatusCode);

        own.DefaultRequestHeaders.Remove("X-MS-CLIENT-PRINCIPAL");
        own.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("manager"));
        using var another = await AgencysLaptop.PostFileAsync(own, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), token);
        Assert.Equal(HttpStatusCode.BadRequest, another.StatusCode);
    }

    [Fact]
    public async Task An_upload_link_allows_one_new_file_at_one_path_and_nothing_else()
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        using var granted = await client.PostAsync("/api/upload-links", Body("idva-service/marac", "2019-20-Q3", "../../x\\<b>.csv"), Ct);
        Assert.Equal(HttpStatusCode.Created, granted.StatusCode);
        using var json = JsonDocument.Parse(await granted.Content.ReadAsStringAsync(Ct));
        var (address, path) = (json.RootElement.GetProperty("address").GetString()!, json.RootElement.GetProperty("path").GetString()!);
        Assert.StartsWith("idva-service/marac/2019-20-Q3/", path, StringComparison.Ordinal);
        Assert.EndsWith(" b.csv", path, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Created, await PutAsync(address));
        Assert.NotEqual(HttpStatusCode.Created, await PutAsync(address));
        Assert.NotEqual(HttpStatusCode.Created, await PutAsync(address.Replace("2019-20-Q3", "2019-20-Q4", StringComparison.Ordinal)));
        using var read = await client.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
        await served.Laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
        var page = await client.GetStringAsync(json.RootElement.GetProperty("answer").GetString(), Ct);
        Assert.True(page.Contains("was accepted", StringComparison.Ordinal), page);

        using var other = await client.PostAsync("/api/upload-links", Body("constabulary/domestic-abuse", "2019-20-Q3", "x.csv"), Ct);
        using var early = await client.PostAsync("/api/upload-links", Body("idva-service/marac", "2999-00-Q1", "x.csv"), Ct);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (other.StatusCode, early.StatusCode));
    }

    private static StringContent Body(string id, string period, string file) =>
        new(JsonSerializer.Serialize(new { @return = id, period, file }), Encoding.UTF8, "application/json");

    private static async Task<HttpStatusCode> PutAsync(string address)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent("MARAC cases heard,360") };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpTriggerFunction trigger)
    {
        var path = trigger.Route.Replace("{agency}", "idva-service", StringComparison.Ordinal).Replace("{name}", "marac", StringComparison.Ordinal)
            .Replace("{period}", "2019-20-Q1", StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{change}", "end", StringComparison.Ordinal).Replace("{year}", "2019-20", StringComparison.Ordinal).Replace("{headline}", "marac-cases", StringComparison.Ordinal).Replace("{token}", "token", StringComparison.Ordinal).Replace("{id}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(trigger.Methods[0].ToUpperInvariant()), "/" + path);
        request.Headers.Add("X-Requested-With", "tests");
        return await client.SendAsync(request, Ct);
    }
}
