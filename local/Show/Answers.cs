using System.Globalization;
using System.Net;
using System.Text.Json;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;

namespace DasvPipeline.Local.Show;

/// <summary>What the pipeline answered, as a person or a script takes it.</summary>
internal static class Answers
{
    private const int Done = 0;
    private const int Refused = 1;

    /// <summary>Shows what was asked for, or says why there is none: a sentence, and what stands against it, one to a line.</summary>
    /// <returns>The exit code.</returns>
    public static int Show(HostAnswer answer, Action<string> show, TextWriter errors)
    {
        if (answer.Status == HttpStatusCode.OK)
        {
            show(answer.Text);
            return Done;
        }

        using var json = JsonDocument.Parse(answer.Text);
        errors.WriteLine(Printable(Text(json.RootElement, "message") ?? Text(json.RootElement, "title") ?? answer.Status.ToString()));
        if (json.RootElement.TryGetProperty("obstacles", out var obstacles))
        {
            foreach (var obstacle in obstacles.EnumerateArray())
            {
                errors.WriteLine($"  {Printable(obstacle.GetString()!)}");
            }
        }

        return answer.Status == HttpStatusCode.BadRequest ? CheckCommand.BadUsage : Refused;
    }

    public static void ShowDone(string answer, TextWriter output)
    {
        using var json = JsonDocument.Parse(answer);
        output.WriteLine(Printable(json.RootElement.GetProperty("message").GetString()!));
    }

    /// <summary>A terminal obeys some characters that cannot be seen; others turn the line round.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator ? '\uFFFD' : c));

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var text) ? text.GetString() : null;
}
