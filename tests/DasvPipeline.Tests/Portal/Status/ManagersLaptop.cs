using System.Text;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests.Local;
using DasvPipeline.Tests.Site;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using static DasvPipeline.Tests.UseCases.Cases;

namespace DasvPipeline.Tests.Portal.Status;

/// <summary>
/// A laptop on 1 June 2020 with something of everything: accepted, with a query, rejected, received and owed; a disagreement,
/// something small, and a release that differs from what counts now.
/// </summary>
public sealed class ManagersLaptop : IAsyncLifetime
{
    /// <summary>Text that would run if it were markup.</summary>
    public const string Hostile = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>";

    public static readonly string Manager = Encoded("""{"name_typ":"n","claims":[{"typ":"roles","val":"manager"},{"typ":"n","val":"Someone"}]}""");

    public static readonly string Agency = Encoded("""{"claims":[{"typ":"roles","val":"agency:idva-service"}]}""");

    internal Laptop Laptop { get; private set; } = null!;

    internal string Address { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Laptop = await Laptop.StartAsync(null, ServedLaptop.FreePort(), new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), Ct);
        Address = Laptop.Address.ToString().TrimEnd('/');
        await SendAsync(MaracPath(1), Marac(371));
        await SendAsync(MaracPath(2), BadMarac);
        await SendAsync(VawgPath, Vawg);
        await SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        await Laptop.PublishAsync(Ct);
        await SendAsync(MaracPath(3), Marac(400));
        await UploadAsync(MaracPath(4), Marac(300));
    }

    public ValueTask DisposeAsync() => Laptop.DisposeAsync();

    /// <summary>A visit of whoever the principal says; null for nobody.</summary>
    internal Task<Visit> VisitAsync(Chromium chromium, string? principal, bool hasScript = true, int width = 1280) => chromium.VisitAsync(Address, new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = 800 },
        JavaScriptEnabled = hasScript,
        ExtraHTTPHeaders = principal is null ? null : [new("X-MS-CLIENT-PRINCIPAL", principal)],
    });

    internal Task UploadAsync(string path, string content) =>
        Laptop.Account.GetBlobContainerClient("returns").GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true, Ct);

    private async Task SendAsync(string path, string content)
    {
        await UploadAsync(path, content);
        await Laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
    }

    private static string Encoded(string principal) => Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));
}
