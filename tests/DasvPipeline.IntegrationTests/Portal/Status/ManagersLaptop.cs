using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>
/// A laptop on 1 June 2020 with returns in every state: accepted, with a query, rejected, received and due. It also has a
/// disagreement, a small count, and a release that differs from the live versions.
/// </summary>
public sealed class ManagersLaptop : IAsyncLifetime
{
    /// <summary>Text that would run as script if it were not encoded.</summary>
    public const string Hostile = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>";

    public static readonly string Manager = PortalVisits.As("manager");

    public static readonly string Agency = PortalVisits.As("agency:idva-service");

    internal LaptopHost Laptop { get; private set; } = null!;

    internal string Address { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Laptop = await LaptopHost.StartAsync(null, ServedLaptop.FreePort(), new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), Ct);
        Address = Laptop.Address.ToString().TrimEnd('/');
        await SendAsync(MaracPath(1), Marac(371));
        await SendAsync(MaracPath(2), BadMarac);
        await SendAsync(VawgPath, Vawg);
        await SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        await Laptop.PublishAsync(Ct);
        await SendAsync(MaracPath(3), Marac(400));

        // An ingest that was interrupted after it had given the file its number.
        await UploadAsync(MaracPath(4), Marac(300));
        var upload = await Laptop.Services.GetRequiredService<IUploadStore>().FindAsync(MaracPath(4), Ct);
        await Laptop.Returns.ClaimAsync(Pipeline.KeyOf(MaracPath(4)), upload!, [], Ct);
    }

    public ValueTask DisposeAsync() => Laptop.DisposeAsync();

    /// <inheritdoc cref="PortalVisits.VisitAsync"/>
    internal Task<Visit> VisitAsync(Chromium chromium, string? principal, bool hasScript = true) => chromium.VisitAsync(Address, principal, hasScript);

    internal Task UploadAsync(string path, string content) =>
        Laptop.Account.GetBlobContainerClient("returns").GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true, Ct);

    private async Task SendAsync(string path, string content)
    {
        await UploadAsync(path, content);
        await Laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
    }
}
