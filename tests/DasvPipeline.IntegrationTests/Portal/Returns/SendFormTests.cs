using System.Text;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>The form that sends a file, and every response to it, are accessible.</summary>
public sealed class SendFormTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private static readonly string Agency = PortalVisits.As("agency:idva-service");

    [LongTheory]
    [InlineData(null, "Send", "Choose a file first.")]
    [InlineData("", "Send", "The file is empty.")]
    [InlineData("MARAC cases heard,lots", "Check without sending", "There is 1 thing to fix")]
    [InlineData("MARAC cases heard,lots", "Send", "There is 1 thing to fix")]
    [InlineData("MARAC cases heard,372", "Check without sending", "This file would be accepted")]
    [InlineData("MARAC cases heard,371", "Send", "Accepted")]
    public async Task Every_answer_to_the_form_is_accessible(string? content, string button, string expected)
    {
        await using var visit = await served.VisitAsync(chromium, Agency);
        await visit.Page.GotoAsync($"{served.Address}/returns/idva-service/marac/2019-20-Q3");
        if (content is not null)
        {
            await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "marac.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });
        }

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(expected);
        await visit.AssertUsableAsync(isRefused: string.IsNullOrEmpty(content));
    }

    [LongTheory]
    [InlineData("/status", 403)]
    [InlineData("/returns/constabulary", 403)]
    [InlineData("/returns/idva-service/none/2019-20-Q1", 404)]
    [InlineData("/returns/idva-service?year=soon", 400)]
    public Task A_refusal_is_accessible(string page, int status) => chromium.AssertUsableAsync(served.Address, Agency, page, status);

    [LongFact]
    public async Task A_form_with_an_invalid_token_is_refused_with_an_accessible_page()
    {
        await using var visit = await served.VisitAsync(chromium, Agency);
        await visit.Page.GotoAsync(served.Address + AgencysLaptop.Accepted);
        await visit.Page.EvaluateAsync("() => { document.querySelector('form[data-upload] [name=__RequestVerificationToken]').value = 'forged'; }");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("This form has expired");
        await visit.AssertUsableAsync(isRefused: true);
    }

    [LongFact]
    public async Task An_empty_explanation_is_reported_at_its_box()
    {
        await using var visit = await served.VisitAsync(chromium, PortalVisits.As("agency:elms-sarc"));
        await visit.Page.GotoAsync(served.Address + AgencysLaptop.Queried + "/1");
        await visit.Page.Locator("#query-1 textarea").FillAsync("  ");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save the explanation" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Error: "));
        await visit.AssertUsableAsync(isRefused: true);

        await visit.Page.Locator(".govuk-error-summary__list a").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#query-1-text")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.Locator("#query-1-text-error")).ToContainTextAsync("Write why the figure is right.");
    }

    [LongFact]
    public async Task A_return_is_sent_with_the_keyboard_alone()
    {
        await using var visit = await served.VisitAsync(chromium, Agency);
        await visit.Page.GotoAsync(served.Address + "/returns?year=2019-20");
        await visit.Page.TabToAsync("a[href='/returns/idva-service/marac/2019-20-Q2']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("July to September 2019");

        await visit.Page.TabToAsync("input[type=file]");
        await visit.Page.Locator("input:focus").SetInputFilesAsync(new FilePayload { Name = "marac.csv", MimeType = "text/csv", Buffer = "MARAC cases heard,365"u8.ToArray() });
        await visit.Page.TabToAsync("button[value=send]");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Accepted");
    }

    [LongTheory]
    [InlineData(1, "dropped-1.csv", "dropped-1.csv is chosen.")]
    [InlineData(2, "", "Drop only 1 file")]
    public async Task A_file_can_be_dropped_onto_the_page(int count, string chosen, string expected)
    {
        await using var visit = await served.VisitAsync(chromium, Agency);
        await visit.Page.GotoAsync(served.Address + AgencysLaptop.Accepted);
        await visit.Page.EvaluateAsync(
            """
            (count) => {
              const files = new DataTransfer();
              for (let one = 1; one <= count; one++) files.items.add(new File(['MARAC cases heard,371'], `dropped-${one}.csv`));
              document.querySelector('[data-drop] p').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }));
            }
            """,
            count);
        Assert.Equal(chosen, await visit.Page.EvaluateAsync<string>("() => document.querySelector('input[type=file]').files[0]?.name ?? ''"));
        await Assertions.Expect(visit.Page.Locator("[data-drop] p")).ToContainTextAsync(expected);
    }
}
