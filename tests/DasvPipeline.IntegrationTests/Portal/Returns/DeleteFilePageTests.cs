using System.Net;
using System.Text;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>An officer and the manager each delete a file with a name in it in two presses, also without script.</summary>
public sealed class DeleteFilePageTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string People = "measure,value,note\r\nmarac.cases,12,Canarybird rang on 07700 900123\r\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("agency:idva-service", 2, "Delete the file of version 1", true)]
    [LongInlineData("agency:idva-service", 3, "Delete the file of version 1", false)]
    [LongInlineData("manager", 4, "Delete version 1", true)]
    public async Task A_file_with_a_person_is_deleted_in_two_presses(string role, int quarter, string first, bool hasScript)
    {
        var key = Pipeline.KeyOf(MaracPath(quarter));
        await SendAsync($"/returns/{key}");
        await using var visit = await served.VisitAsync(chromium, PortalVisits.As(role), hasScript);
        await visit.Page.GotoAsync(served.Address + (role == "manager" ? "/status?year=2019-20" : $"/returns/{key}"));
        var main = visit.Page.Locator("main");
        await Assertions.Expect(main).ToContainTextAsync(role == "manager" ? "1 file with personal data is still stored" : "It stays until somebody deletes it.");
        await AssertUsableAsync();

        await visit.Page.GetByRole(role == "manager" ? AriaRole.Link : AriaRole.Button, new() { Name = first }).First.ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("You cannot undo this.");
        await AssertUsableAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete version 1" }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator("body")).ToContainTextAsync("The file of version 1 is deleted, with its report.");
        await Assertions.Expect(main).ToContainTextAsync("Deleted");
        await AssertUsableAsync();
        Assert.Empty(await served.Laptop.Returns.ReadFilesWithPeopleAsync(Ct));
        Assert.DoesNotContain("Canarybird", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        using var client = served.Client(PortalVisits.As(role));
        using var gone = await client.GetAsync($"/returns/{key}/1", Ct);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);

        // The checks of a page are scripts.
        Task AssertUsableAsync() => hasScript ? visit.AssertUsableAsync() : Task.CompletedTask;
    }

    private async Task SendAsync(string page)
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        using var answer = await AgencysLaptop.PostFileAsync(client, page, "marac.csv", Encoding.UTF8.GetBytes(People), await AgencysLaptop.TokenOfAsync(client, page));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
