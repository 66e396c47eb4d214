using System.Text.Json;
using DasvPipeline.IntegrationTests.Local;

namespace DasvPipeline.IntegrationTests.Site;

internal static class ServedSite
{
    public static string Site(this ServedSamples served) => served.Root.Replace("/feed/", "/site/", StringComparison.Ordinal);

    public static async Task<JsonElement> ReadAsync(this ServedSamples served, string name)
    {
        using var client = new HttpClient();
        return JsonElement.Parse(await client.GetByteArrayAsync(served.Root + name, TestContext.Current.CancellationToken));
    }
}
