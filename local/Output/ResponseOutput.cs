using System.Net;
using System.Text.Json;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;

namespace DasvPipeline.Local.Output;

/// <summary>Prints the pipeline's responses for people and scripts.</summary>
internal static class ResponseOutput
{
    /// <summary>Prints the result, or the error message followed by the obstacles, one on each line.</summary>
    /// <returns>The exit code.</returns>
    public static int Show(HostResponse answer, Action<string> show, TextWriter errors)
    {
        if (answer.Status == HttpStatusCode.OK)
        {
            show(answer.Text);
            return ExitCode.Done;
        }

        using var json = JsonDocument.Parse(answer.Text);
        errors.WriteLine(RemoveControlCharacters(Text(json.RootElement, "message") ?? Text(json.RootElement, "title") ?? answer.Status.ToString()));
        if (json.RootElement.TryGetProperty("obstacles", out var obstacles))
        {
            foreach (var obstacle in obstacles.EnumerateArray())
            {
                errors.WriteLine($"  {RemoveControlCharacters(obstacle.GetString()!)}");
            }
        }

        return answer.Status == HttpStatusCode.BadRequest ? ExitCode.BadUsage : ExitCode.Refused;
    }

    public static void ShowDone(string answer, TextWriter output)
    {
        using var json = JsonDocument.Parse(answer);
        output.WriteLine(RemoveControlCharacters(json.RootElement.GetProperty("message").GetString()!));
        if (Text(json.RootElement, "publicText") is { } text)
        {
            output.WriteLine($"Readers will see: {RemoveControlCharacters(text)}");
        }

        foreach (var open in json.RootElement.TryGetProperty("obstacles", out var obstacles) ? obstacles.EnumerateArray().ToList() : [])
        {
            output.WriteLine($"  Still open: {RemoveControlCharacters(open.GetString()!)}");
        }
    }

    /// <summary>Replaces invisible characters that a terminal could interpret, such as control codes and text direction marks.</summary>
    public static string RemoveControlCharacters(string text) =>
        string.Concat(text.Select(c => TerminalWriter.IsUnsafe(c) ? '\uFFFD' : c));

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var text) ? text.GetString() : null;
}
