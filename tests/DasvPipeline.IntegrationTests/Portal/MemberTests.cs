using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Data.Tables;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Status;
using DasvPipeline.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>Who belongs to an agency: a person asks, and the manager grants and ends. Limits of what a person can send.</summary>
public sealed class MemberTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Agency = "idva-service";
    private static readonly string Manager = Person("00000000-0000-0000-0000-00000000000a", "The manager", "manager");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_asks_and_the_manager_grants_changes_and_ends()
    {
        const string id = "00000000-0000-0000-0000-000000000001";
        using var person = served.Client(Person(id, "Ann Example"));
        using var manager = served.Client(Manager);
        using var start = await person.GetAsync("/returns", Ct);
        Assert.Equal(AccessPages.Address, start.Headers.Location!.OriginalString);
        Assert.Equal(403, await StatusAsync(person, AgencysLaptop.Accepted));

        using var without = await PostAsync(person, AccessPages.Address, ("agency", string.Empty));
        Assert.Contains("Choose an agency.", await without.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var asked = await PostAsync(person, AccessPages.Address, ("agency", Agency));
        using var again = await PostAsync(person, AccessPages.Address, ("agency", Agency));
        Assert.Equal((400, 303, 303), ((int)without.StatusCode, (int)asked.StatusCode, (int)again.StatusCode));
        Assert.Equal(403, await StatusAsync(person, AgencysLaptop.Accepted));
        var waiting = await manager.GetStringAsync(StatusAddress.People, Ct);
        Assert.Contains("1 person is waiting for access.", waiting, StringComparison.Ordinal);
        Assert.Contains("People (1 waiting)", waiting, StringComparison.Ordinal);
        Assert.Contains("(ann@example.org) asked for access", waiting, StringComparison.Ordinal);

        await ChangeAsync(manager, PeoplePages.GrantReading, id);
        var page = await person.GetStringAsync(AgencysLaptop.Accepted, Ct);
        Assert.Contains("You can read the returns of this agency.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", await person.GetStringAsync(AgencysLaptop.Accepted + "/1", Ct), StringComparison.Ordinal);
        Assert.Equal(403, await StatusAsync(person, "/returns/elms-sarc"));

        // A person who may only read has no form. Its address refuses them too.
        using var sent = await AgencysLaptop.PostFileAsync(person, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), await AgencysLaptop.TokenOfAsync(person, AccessPages.Address));
        using var link = await LinkAsync(person);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (sent.StatusCode, link.StatusCode));

        await ChangeAsync(manager, PeoplePages.GrantSending, id);
        using var sendable = await AgencysLaptop.PostFileAsync(person, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), await AgencysLaptop.TokenOfAsync(person, AgencysLaptop.Accepted));
        Assert.Equal(HttpStatusCode.SeeOther, sendable.StatusCode);

        await ChangeAsync(manager, PeoplePages.End, id);
        Assert.Equal(403, await StatusAsync(person, AgencysLaptop.Accepted));
        var ended = await manager.GetStringAsync(StatusAddress.People, Ct);
        Assert.Contains("Ended and refused", ended, StringComparison.Ordinal);

        // Each change is audited with the ids of both.
        var rows = await new TableServiceClient(served.Laptop.Services.GetRequiredService<IConfiguration>()["Returns"]).GetTableClient("Members").QueryAsync<TableEntity>(cancellationToken: Ct).Where(row => row.GetString("PersonId") == id).ToListAsync(Ct);
        Assert.Equal(
            ["Ended", "Granted", "Granted", "Requested"],
            rows.Where(row => row.RowKey.StartsWith("audit|", StringComparison.Ordinal)).Select(row => row.GetString("State")).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Contains(row.GetString("ById"), new[] { id, "00000000-0000-0000-0000-00000000000a" }));
    }

    [Fact]
    public async Task The_manager_refuses_a_request_and_adds_an_account_by_its_id()
    {
        const string id = "00000000-0000-0000-0000-000000000002";
        using var person = served.Client(Person(id, "Bob Example"));
        using var manager = served.Client(Manager);
        using var asked = await PostAsync(person, AccessPages.Address, ("agency", "elms-sarc"));
        await ChangeAsync(manager, PeoplePages.Refuse, id, "elms-sarc");
        Assert.Contains("was refused on", await person.GetStringAsync(AccessPages.Address, Ct), StringComparison.Ordinal);
        using var twice = await PostAsync(manager, StatusAddress.People, ("do", PeoplePages.Refuse), ("agency", "elms-sarc"), ("person", id));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);

        foreach (var (field, value, problem) in new[] { ("agency", "no-such-agency", "Choose an agency."), ("id", "42", "Enter the object id"), ("name", " ", "Enter the name"), ("email", "nobody", "This is not an email address.") })
        {
            using var refused = await PostAsync(manager, StatusAddress.People, [.. Account().Select(entry => entry.Name == field ? (field, value) : entry)]);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(problem, await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using var added = await PostAsync(manager, StatusAddress.People, Account());
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        using var program = served.Client(Person("00000000-0000-0000-0000-000000000003", "A program"));
        using var link = await LinkAsync(program, "elms-sarc/referrals");
        Assert.Equal(HttpStatusCode.Created, link.StatusCode);
        Assert.Equal(403, await StatusAsync(person, StatusAddress.People));

        static (string Name, string Value)[] Account() =>
            [("do", PeoplePages.Add), ("agency", "elms-sarc"), ("id", "00000000-0000-0000-0000-000000000003"), ("name", "A program"), ("email", ""), ("role", "Officer")];
    }

    /// <summary>A name can be chosen freely, so it identifies nobody.</summary>
    [Fact]
    public async Task A_form_belongs_to_the_account_and_not_to_its_name()
    {
        using var client = served.Client(Person("00000000-0000-0000-0000-000000000004", "Cas Example", "agency:idva-service"));
        var token = await AgencysLaptop.TokenOfAsync(client, AgencysLaptop.Accepted);
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsAsync("00000000-0000-0000-0000-000000000005", "Cas Example"));
        Assert.Equal(HttpStatusCode.SeeOther, await SendAsAsync("00000000-0000-0000-0000-000000000004", "Cas Married"));

        async Task<HttpStatusCode> SendAsAsync(string id, string name)
        {
            client.DefaultRequestHeaders.Remove(CallerReader.Header);
            client.DefaultRequestHeaders.Add(CallerReader.Header, Person(id, name, "agency:idva-service"));
            using var answer = await AgencysLaptop.PostFileAsync(client, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), token);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_caller_who_sends_too_many_files_is_asked_to_wait()
    {
        const string id = "00000000-0000-0000-0000-000000000006";
        using var client = served.Client(Person(id, "Dee Example", "agency:idva-service"));
        var token = await AgencysLaptop.TokenOfAsync(client, AgencysLaptop.Accepted);
        var limits = served.Laptop.Services.GetRequiredService<FileLimits>();
        while (limits.TryTake(new Caller(id, "Dee Example", IsManager: false, [])))
        {
        }

        using var page = await AgencysLaptop.PostFileAsync(client, AgencysLaptop.Accepted, "marac.csv", "MARAC cases heard,371"u8.ToArray(), token);
        using var link = await LinkAsync(client);
        foreach (var answer in new[] { page, link })
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.RetryAfter!.Delta);
            Assert.Contains("Wait a minute", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        // Others are not limited by it.
        using var other = served.Client(Person("00000000-0000-0000-0000-000000000007", "Eve Example", "agency:idva-service"));
        using var free = await LinkAsync(other);
        Assert.Equal(HttpStatusCode.Created, free.StatusCode);
    }

    [Fact]
    public async Task A_form_with_several_files_or_without_its_end_is_refused_with_a_sentence()
    {
        using var client = served.Client(Person("00000000-0000-0000-0000-000000000008", "Fay Example", "agency:idva-service"));
        var token = await AgencysLaptop.TokenOfAsync(client, AgencysLaptop.Accepted);
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("MARAC cases heard,371"), "file", "a.csv" }, { new StringContent("MARAC cases heard,372"), "file", "b.csv" } };
        using var several = await client.PostAsync(AgencysLaptop.Accepted, form, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, several.StatusCode);
        Assert.Contains("Send 1 file at a time", await several.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        using var cut = new ByteArrayContent(Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"__RequestVerificationToken\"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nMARAC ca"));
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var early = await client.PostAsync(AgencysLaptop.Accepted, cut, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Contains("Your form did not arrive whole", await early.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task The_pages_of_access_can_be_used_by_everyone()
    {
        const string id = "00000000-0000-0000-0000-000000000009";
        await chromium.AssertUsableAsync(served.Address, Person(id, "Gil Example"), AccessPages.Address);
        using var person = served.Client(Person(id, "Gil Example"));
        using var asked = await PostAsync(person, AccessPages.Address, ("agency", "refuge"));
        await chromium.AssertUsableAsync(served.Address, Person(id, "Gil Example"), AccessPages.Address);
        await chromium.AssertUsableAsync(served.Address, Manager, StatusAddress.People);
        using var manager = served.Client(Manager);
        await ChangeAsync(manager, PeoplePages.GrantSending, id, "refuge");
        await chromium.AssertUsableAsync(served.Address, Manager, StatusAddress.People);
        await chromium.AssertUsableAsync(served.Address, Person(id, "Gil Example"), AccessPages.Address);
    }

    private static string Person(string id, string name, params string[] roles) => PortalVisits.Encoded(
        $$"""{"name_typ":"n","claims":[{{string.Concat(roles.Select(role => $$"""{"typ":"roles","val":"{{role}}"},"""))}}{"typ":"n","val":"{{name}}"},{"typ":"oid","val":"{{id}}"},{"typ":"preferred_username","val":"{{name.Split(' ')[0].ToLowerInvariant()}}@example.org"}]}""");

    private static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        return (int)answer.StatusCode;
    }

    private static async Task ChangeAsync(HttpClient manager, string action, string person, string agency = Agency)
    {
        using var answer = await PostAsync(manager, StatusAddress.People, ("do", action), ("agency", agency), ("person", person));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, params (string Name, string Value)[] fields)
    {
        var token = await AgencysLaptop.TokenOfAsync(client, page);
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)).Prepend(new("__RequestVerificationToken", token)));
        return await client.PostAsync(page, form, Ct);
    }

    private static async Task<HttpResponseMessage> LinkAsync(HttpClient client, string id = "idva-service/marac")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/upload-links") { Content = new StringContent($$"""{"return":"{{id}}","period":"2019-20-Q3","file":"x.csv"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Requested-With", "tests");
        return await client.SendAsync(request, Ct);
    }
}
