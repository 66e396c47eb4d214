using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Host;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>A laptop with today's date. MARAC cases of one quarter were accepted, then rejected. Another return has a query.</summary>
public sealed partial class AgencysLaptop : IAsyncLifetime
{
    public const string Accepted = "/returns/idva-service/marac/2019-20-Q1";
    public const string Queried = "/returns/elms-sarc/referrals/2019-20-Q1";

    internal LaptopHost Laptop { get; private set; } = null!;

    internal string Address { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
#pragma warning disable RS0030 // An upload link is valid for minutes of real time.
        Laptop = await LaptopHost.StartAsync(null, ServedLaptop.FreePort(), TimeProvider.System, Ct);
#pragma warning restore RS0030
        Address = Laptop.Address.ToString().TrimEnd('/');
        await SendAsync(MaracPath(1), Marac(371));
        await SendAsync(MaracPath(1), BadMarac);
        await SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        await Laptop.PublishAsync(Ct);
    }

    public ValueTask DisposeAsync() => Laptop.DisposeAsync();

    internal Task<Visit> VisitAsync(Chromium chromium, string? principal, bool hasScript = true) => chromium.VisitAsync(Address, principal, hasScript);

    /// <summary>Returns a client that keeps cookies and follows no redirects.</summary>
    internal HttpClient Client(string? principal) => ClientOf(Address, principal);

    /// <inheritdoc cref="Client"/>
    internal static HttpClient ClientOf(string address, string? principal)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(address) };
        if (principal is not null)
        {
            client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", principal);
        }

        return client;
    }

    /// <summary>Sends a file as the form on the page does, with the token of the page.</summary>
    internal static async Task<HttpResponseMessage> PostFileAsync(HttpClient client, string page, string fileName, byte[] content, string token)
    {
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("send"), "do" } };
        var file = new ByteArrayContent(content);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileNameStar = fileName };
        form.Add(file);
        return await client.PostAsync(page, form, Ct);
    }

    internal static async Task<string> TokenOfAsync(HttpClient client, string page) =>
        Token().Match(await client.GetStringAsync(page, Ct)) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"{page} has no form.");

    private async Task SendAsync(string path, string content)
    {
        await Laptop.Account.GetBlobContainerClient("returns").GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true, Ct);
        await Laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
