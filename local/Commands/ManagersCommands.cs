using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Show;
using DasvPipeline.Portal;
using Spectre.Console;

namespace DasvPipeline.Local.Commands;

/// <summary>What the manager decides and asks, from the command line. Each is one question to the pipeline over HTTP.</summary>
internal sealed class ManagersCommands(Option<int> port, Option<string> data, IAnsiConsole console, TimeProvider clock)
{
    /// <summary>More of a reason than is kept, and no more than fits into a question.</summary>
    private const int LongestReason = 2_000;

    private const int LongestName = 100;

    public IEnumerable<Command> All =>
    [
        Decision("sign-off", "Make a year's figures final as they count now.", YearArgument(), Reason("Why they are revised, or final although something is missing.", isRequired: false)),
        Decision("re-open", "Let a year's figures follow its returns again.", YearArgument(), Reason("Why.", isRequired: true)),
        Decision("hold", "Publish nothing until the hold is released.", reason: Reason("Why.", isRequired: true)),
        Decision("release-hold", "Publish again what changes."),
        Decision("publish", "Publish now what has changed."),
        Preview(),
        Explain(),
    ];

    private Command Decision(string name, string description, Argument<Period>? year = null, Option<string>? reason = null)
    {
        var by = new Option<string>("--by") { Description = "Who decides.", DefaultValueFactory = _ => Environment.UserName, HelpName = "NAME" };
        by.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > LongestName })
            {
                result.AddError($"A name has at most {LongestName} characters.");
            }
        });
        var command = new Command(name, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { by, port, data };
        if (year is not null)
        {
            command.Add(year);
        }

        if (reason is not null)
        {
            command.Add(reason);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject();
            if (year is not null)
            {
                body["year"] = line.GetValue(year).ToString();
            }

            if (reason is not null)
            {
                body["reason"] = line.GetValue(reason) is { Length: > LongestReason } tooLong ? tooLong[..LongestReason] : line.GetValue(reason);
            }

            return AskAsync(line, line.GetValue(by), HttpMethod.Post, $"api/{name}", body, answer => Answers.ShowDone(answer, Console.Out), ct);
        });
        return command;
    }

    private Command Preview()
    {
        var json = Json();
        var command = new Command("preview", "Tell what would change if it were published now, what waits, and what is hidden.") { json, port, data };
        command.SetAction((line, ct) => AskAsync(
            line,
            by: null,
            HttpMethod.Get,
            "api/preview",
            body: null,
            answer => Show(line.GetValue(json), answer, text => new PreviewLines(Console.Out).Show(JsonSerializer.Deserialize(text, PreviewJson.Default.Preview)!)),
            ct));
        return command;
    }

    private Command Explain()
    {
        var headline = new Argument<string>("HEADLINE") { Description = "The headline, e.g. idva-referrals." };
        headline.Validators.Add(result =>
        {
            if (HeadlineNames.WhyUnknown(PartnershipCatalogue.LoadEmbedded(), result.GetValueOrDefault<string>() ?? string.Empty) is { } unknown)
            {
                result.AddError(unknown);
            }
        });
        var period = PeriodArgument("PERIOD", "A year or a quarter, e.g. 2019-20-Q1.", isYear: false);
        var json = Json();
        var command = new Command("explain", "Follow a headline back to the returns, files and cells it comes from.") { headline, period, json, port, data };
        command.SetAction((line, ct) => AskAsync(
            line,
            by: null,
            HttpMethod.Get,
            $"api/lineage?headline={line.GetValue(headline)}&period={line.GetValue(period)}",
            body: null,
            answer => Show(line.GetValue(json), answer, text => new LineageTable(console).Show(JsonSerializer.Deserialize(text, TraceJson.Default.Trace)!)),
            ct));
        return command;
    }

    private async Task<int> AskAsync(ParseResult line, string? by, HttpMethod method, string path, JsonObject? body, Action<string> show, CancellationToken ct)
    {
        var client = new HostClient(new AskedHost(line.GetValue(port), line.GetValue(data), by), clock);
        return Answers.Show(await client.SendAsync(method, path, body, ct), show, Console.Error);
    }

    private static void Show(bool asJson, string answer, Action<string> lines)
    {
        if (asJson)
        {
            Console.Out.WriteLine(answer);
        }
        else
        {
            lines(answer);
        }
    }

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of lines." };

    private static Option<string> Reason(string description, bool isRequired) =>
        new("--reason") { Description = description, Required = isRequired, HelpName = "TEXT" };

    private static Argument<Period> YearArgument() => PeriodArgument("YEAR", "The year, e.g. 2019-20.", isYear: true);

    private static Argument<Period> PeriodArgument(string name, string description, bool isYear) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (Period.TryParse(result.Tokens.Single().Value, out var period) && (!isYear || period.IsYear))
            {
                return period;
            }

            result.AddError(isYear ? "A year is written 2019-20." : "A period is written 2019-20 or 2019-20-Q1.");
            return default;
        },
    };
}
