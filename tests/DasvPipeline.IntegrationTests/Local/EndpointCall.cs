using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Calls an endpoint as a given principal, without a server.</summary>
internal static class EndpointCall
{
    /// <summary>The principal of a manager called Someone.</summary>
    public const string Manager = """{"name_typ":"n","claims":[{"typ":"roles","val":"manager"},{"typ":"n","val":"Someone"}]}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<int> StatusOfAsync(string? principal, Func<HttpRequest, Task<IResult>> endpoint) =>
        (await AnswerAsync(principal, string.Empty, null, endpoint)).Status;

    /// <param name="body">The body, or null to send none.</param>
    /// <param name="fromOurs">Whether to send the header that only our own pages and programs send.</param>
    public static async Task<(int Status, string Body)> AnswerAsync(
        string? principal, string query, string? body, Func<HttpRequest, Task<IResult>> endpoint, bool fromOurs = true)
    {
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddOptions().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = new MemoryStream();
        context.Request.QueryString = new QueryString(query);
        if (fromOurs)
        {
            context.Request.Headers["X-Requested-With"] = "tests";
        }

        if (body is not null)
        {
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
            context.Request.ContentLength = context.Request.Body.Length;
        }

        if (principal is not null)
        {
            context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));
        }

        await (await endpoint(context.Request)).ExecuteAsync(context);
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        return (context.Response.StatusCode, await reader.ReadToEndAsync(Ct));
    }
}
