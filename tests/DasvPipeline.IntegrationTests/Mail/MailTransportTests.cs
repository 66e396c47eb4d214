using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using netDumbster.smtp;

namespace DasvPipeline.IntegrationTests.Mail;

/// <summary>Messages reach a mail server and GOV.UK Notify in the shape that they expect. Both are local.</summary>
public sealed class MailTransportTests
{
    private const string Key = "team-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000";
    private const string Template = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    private static readonly Message Receipt = new(
        "0f1e2d", MessageKind.Accepted, new AgencyId("refuge"), "data@refuge.example.org", "Data team", "Accepted: Outreach and refuges, April to June 2019",
        "Hello Refuge,\n\nThank you.\n\nhttps://dasv.example.org/returns/refuge/services/2019-20-Q1/1\n", new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_server_receives_the_message_as_it_was_written()
    {
        using var server = SimpleSmtpServer.Start(ServedLaptop.FreePort());
        var transport = Transport(("MessageTransport", "smtp"), ("SmtpServer", $"localhost:{server.Configuration.Port}"), ("SmtpSecurity", "none"), ("MessageFrom", "DASV Partnership <figures@dasv.example.org>"));
        Assert.True(transport is { Sends: true, IsReady: true });
        await transport.SendAsync(Receipt, Ct);

        var mail = Assert.Single(server.ReceivedEmail);
        Assert.Equal(("figures@dasv.example.org", "data@refuge.example.org", Receipt.Subject), (mail.FromAddress.Address, Assert.Single(mail.ToAddresses).Address, mail.Headers["Subject"]));
        Assert.Equal("<0f1e2d@dasv.example.org>", mail.Headers["Message-Id"] ?? mail.Headers["Message-ID"]);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal(Receipt.Body.Trim(), Assert.Single(mail.MessageParts).BodyData.ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public async Task A_mail_server_that_does_not_answer_is_a_fault_and_a_wrong_address_is_refused()
    {
        var transport = Transport(("MessageTransport", "smtp"), ("SmtpServer", $"localhost:{ServedLaptop.FreePort()}"), ("SmtpSecurity", "none"), ("MessageFrom", "figures@dasv.example.org"));
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => transport.SendAsync(Receipt, Ct));
        Assert.IsNotType<MessageRefusedException>(fault);
        await Assert.ThrowsAsync<MessageRefusedException>(() => transport.SendAsync(Receipt with { To = "nobody" }, Ct));
    }

    [Theory]
    [InlineData(201, null)]
    [InlineData(400, typeof(MessageRefusedException))]
    [InlineData(403, typeof(Notify.Exceptions.NotifyClientException))]
    [InlineData(500, typeof(Notify.Exceptions.NotifyClientException))]
    public async Task GOV_UK_Notify_receives_the_template_the_fields_and_the_reference(int status, Type? fault)
    {
        var address = $"http://localhost:{ServedLaptop.FreePort()}/";
        using var notify = new HttpListener { Prefixes = { address } };
        notify.Start();
        var transport = Transport(("MessageTransport", "notify"), ("NotifyApiKey", Key), ("NotifyTemplateId", Template), ("NotifyAddress", address));
        var sending = transport.SendAsync(Receipt, Ct);
        var context = await notify.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30), Ct);
        using var body = await JsonDocument.ParseAsync(context.Request.InputStream, cancellationToken: Ct);
        Assert.Equal(("POST", "/v2/notifications/email"), (context.Request.HttpMethod, context.Request.Url!.AbsolutePath));
        Assert.StartsWith("Bearer ", context.Request.Headers["Authorization"], StringComparison.Ordinal);
        var root = body.RootElement;
        Assert.Equal(("data@refuge.example.org", Template, "0f1e2d"), (root.GetProperty("email_address").GetString(), root.GetProperty("template_id").GetString(), root.GetProperty("reference").GetString()));
        Assert.Equal((Receipt.Subject, Receipt.Body), (root.GetProperty("personalisation").GetProperty("subject").GetString(), root.GetProperty("personalisation").GetProperty("body").GetString()));

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(status == 201
            ? """{"id":"bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee","reference":"0f1e2d","uri":"http://localhost/1","template":{"id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","version":1,"uri":"http://localhost/t"},"content":{"subject":"s","body":"b","from_email":"f@example.org"}}"""
            : $$"""{"status_code":{{status}},"errors":[{"error":"BadRequestError","message":"no"}]}"""), Ct);
        context.Response.Close();
        if (fault is null)
        {
            await sending;
        }
        else
        {
            Assert.IsType(fault, await Assert.ThrowsAnyAsync<Exception>(() => sending));
        }
    }

    [Theory]
    [InlineData("MessageTransport", "MessageTransport", "pigeon")]
    [InlineData("SmtpServer", "SmtpServer", "")]
    [InlineData("SmtpServer", "SmtpServer", "mail.example.org:port")]
    [InlineData("SmtpSecurity", "SmtpSecurity", "maybe")]
    [InlineData("MessageFrom", "MessageFrom", "")]
    [InlineData("SmtpUser", "SmtpUser", "somebody")]
    [InlineData("PortalAddress", "PortalAddress", "dasv")]
    public void A_wrong_setting_is_named_and_messages_wait(string named, string setting, string value)
    {
        (string Name, string Value)[] right = [("MessageTransport", "smtp"), ("SmtpServer", "mail.example.org"), ("MessageFrom", "figures@dasv.example.org"), ("PortalAddress", "https://dasv.example.org")];
        using var services = Services([.. right.Where(item => item.Name != setting), (setting, value)]);
        Assert.False(services.GetRequiredService<IMessageTransport>().IsReady);
        var problem = Assert.Single(services.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems()));
        Assert.Equal(named, problem.Setting);
        Assert.EndsWith("No messages are sent.", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_key_of_GOV_UK_Notify_is_named_and_not_repeated()
    {
        using var services = Services(("MessageTransport", "notify"), ("NotifyApiKey", "short-secret"), ("NotifyTemplateId", "none"), ("WEBSITE_HOSTNAME", "func-dasv.example.org"));
        var problems = services.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems()).ToList();
        Assert.Equal(["NotifyApiKey", "NotifyTemplateId"], problems.Select(problem => problem.Setting));
        Assert.DoesNotContain(problems, problem => problem.Sentence.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_setting_messages_are_only_shown_and_links_lead_to_the_host()
    {
        using var services = Services(("WEBSITE_HOSTNAME", "func-dasv.example.org"), ("PortalAddress", ""));
        var transport = services.GetRequiredService<IMessageTransport>();
        Assert.Equal((true, false, new Uri("https://func-dasv.example.org")), (transport.IsReady, transport.Sends, transport.Portal));
        Assert.Empty(services.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems()));
    }

    private static IMessageTransport Transport(params (string Name, string Value)[] settings)
    {
        using var services = Services([.. settings, ("PortalAddress", "https://dasv.example.org")]);
        return services.GetRequiredService<IMessageTransport>();
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddDasvMail(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build())
        .BuildServiceProvider();
}
