using System.CommandLine;
using System.Text.Json.Nodes;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;

namespace DasvPipeline.Local.Commands;

/// <summary>Sends the HTTP request of a manager's command to the pipeline, and prints the response.</summary>
/// <param name="usesCatalogue">True if the option <c>--catalogue</c> applies to a temporary host.</param>
internal sealed class ManagerRequest(CommandContext context, bool usesCatalogue = true)
{
    /// <summary>Sends a decision and prints what was done.</summary>
    /// <param name="by">The name of the person who decides.</param>
    /// <returns>The exit code.</returns>
    public Task<int> PostAsync(ParseResult line, string? by, string path, JsonObject body, CancellationToken ct) =>
        SendAsync(line, by, HttpMethod.Post, path, body, ShowDone, ct);

    /// <param name="show">Prints the response if the request succeeds.</param>
    /// <returns>The exit code.</returns>
    public Task<int> GetAsync(ParseResult line, string path, Action<string> show, CancellationToken ct) =>
        SendAsync(line, by: null, HttpMethod.Get, path, body: null, show, ct);

    /// <inheritdoc cref="GetAsync" />
    public async Task<int> SendAsync(ParseResult line, string? by, HttpMethod method, string path, JsonObject? body, Action<string> show, CancellationToken ct)
    {
        var catalogue = usesCatalogue ? line.GetValue(context.Catalogue) : null;
        var client = new HostClient(new HostRequestOptions(line.GetValue(context.Port), line.GetValue(context.Data), by, catalogue), context.Clock);
        return ResponseOutput.Show(await client.SendAsync(method, path, body, ct), show, context.Terminal.Errors);
    }

    /// <summary>Prints what was done.</summary>
    public void ShowDone(string response) => ResponseOutput.ShowDone(response, context.Terminal.Output);
}
