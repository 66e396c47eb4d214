using DasvPipeline.Core.Publish.Formats;
using System.Globalization;
using System.Text.Json;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints the published headlines from the feed.</summary>
internal sealed class HeadlineTable(IAnsiConsole console)
{
    private const int ShownMissing = 8;

    /// <returns>The number of the release; 0 if nothing is published.</returns>
    public async Task<int> ShowAsync(IFeedStore feed, CancellationToken ct)
    {
        if (await feed.ReadAsync(FeedPaths.Headlines, ct) is not { } file)
        {
            console.MarkupLine("Nothing is published yet, because no return has been accepted.");
            return 0;
        }

        using var json = JsonDocument.Parse(file.Content);
        var root = json.RootElement;
        var number = root.GetProperty("release").GetProperty("number").GetInt32();
        var status = root.GetProperty("release").GetProperty("status").GetString();
        var table = new Table().Border(TableBorder.Rounded)
            .Title(string.Create(CultureInfo.InvariantCulture, $"Headlines, {Text(root.GetProperty("period"), "label")}: release {number}, {status}"))
            .AddColumn("Headline").AddColumn(new TableColumn(Text(root.GetProperty("period"), "id")).RightAligned())
            .AddColumn(new TableColumn("before").RightAligned()).AddColumn(new TableColumn("change").RightAligned()).AddColumn("");
        foreach (var headline in root.GetProperty("headlines").EnumerateArray())
        {
            table.AddRow(
                Markup.Escape(Text(headline, "title")),
                Markup.Escape(headline.GetProperty("formatted").GetString() ?? "-"),
                Part(headline, "previous", previous => Number(previous.GetProperty("value"))),
                Part(headline, "change", Change),
                Markup.Escape(string.Join(' ', headline.GetProperty("markers").EnumerateArray().Select(marker => $"[{marker.GetString()}]"))));
        }

        console.Write(table);
        ShowMissing(root.GetProperty("completeness"));
        ShowChanges(root.GetProperty("release").GetProperty("changes"));
        return number;
    }

    public async Task<int> ShowIfNewAsync(IFeedStore feed, int shown, CancellationToken ct) =>
        await feed.ReadCurrentAsync(ct) is { } current && current.Number != shown ? await ShowAsync(feed, ct) : shown;

    private void ShowMissing(JsonElement completeness)
    {
        var missing = completeness.GetProperty("missing").EnumerateArray().ToList();
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{completeness.GetProperty("received").GetInt32()} of {completeness.GetProperty("expected").GetInt32()} returns of the year have been received.");
        var byReturn = missing.GroupBy(item => $"{Text(item, "agencyName")}: {Text(item, "returnTitle")}").ToList();
        foreach (var item in byReturn.Take(ShownMissing))
        {
            console.MarkupLineInterpolated($"  missing: {item.Key}, {string.Join(", ", item.Select(one => Text(one, "period")))}");
        }

        if (byReturn.Count > ShownMissing)
        {
            console.MarkupLineInterpolated($"  and {Plural.Format(byReturn.Count - ShownMissing, "more return")}");
        }
    }

    private void ShowChanges(JsonElement changes)
    {
        foreach (var change in changes.EnumerateArray())
        {
            console.MarkupLineInterpolated(
                $"  changed: {Text(change, "headline")} {Text(change, "period")} from {Number(change.GetProperty("from"))} to {Number(change.GetProperty("to"))}. {Text(change, "reason")}");
        }
    }

    private static string Change(JsonElement change)
    {
        var absolute = change.GetProperty("absolute").GetDecimal();
        var percent = change.GetProperty("percent");
        var sign = absolute > 0 ? "+" : string.Empty;
        return percent.ValueKind == JsonValueKind.Null
            ? $"{sign}{Number(change.GetProperty("absolute"))} points"
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{absolute:#,0.##} ({sign}{percent.GetDecimal():0.#}%)");
    }

    private static string Part(JsonElement headline, string name, Func<JsonElement, string> show) =>
        headline.GetProperty(name) is { ValueKind: JsonValueKind.Object } part ? show(part) : string.Empty;

    private static string Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDecimal().ToString("#,0.##", CultureInfo.InvariantCulture) : "nothing";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
