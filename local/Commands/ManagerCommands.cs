using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;
using DasvPipeline.Portal;
using Spectre.Console;

namespace DasvPipeline.Local.Commands;

/// <summary>The manager's commands. Each sends one HTTP request to the pipeline.</summary>
internal sealed class ManagerCommands(Option<int> port, Option<string> data, IAnsiConsole console, TimeProvider clock)
{
    /// <summary>The maximum length of a reason that is sent. It is longer than the stored text, but fits into a request.</summary>
    private const int MaxReasonLength = 2_000;

    private const int MaxNameLength = 100;

    public IEnumerable<Command> All =>
    [
        Decision("sign-off", "Sign off a year: its current figures become final.", YearArgument(), Reason("Why the figures are revised, or final although something is missing.", isRequired: false), PublishAnyway(), DryRun()),
        Decision("re-open", "Re-open a year. Its final figures stay published, under review, until you sign it off again.", YearArgument(), Reason("The reason.", isRequired: true), PublishAnyway(), DryRun()),
        Decision("approve", "Approve the next announced release.", note: new Option<string>("--note") { Description = "A note for readers.", HelpName = "TEXT" }, publishAnyway: PublishAnyway(), dryRun: DryRun()),
        Decision("withdraw-approval", "Withdraw the approval of the next release."),
        Decision("hold", "Hold publishing until the hold is released.", reason: Reason("The reason.", isRequired: true)),
        Decision("release-hold", "Release the hold, so that changes are published again."),
        Decision("publish", "Publish the changes now. If releases are announced: those of one year, with a reason.", OptionalYearArgument(), Reason("The reason of a correction before the next release. It is published.", isRequired: false), PublishAnyway(), DryRun()),
        VersionDecision("withdraw", "Withdraw the figures of a return. No earlier version replaces them.", Reason("The reason.", isRequired: true)),
        VersionDecision("choose-version", "Use an earlier version of a return again.", Reason("The reason.", isRequired: true), VersionArgument()),
        VersionDecision("delete", "Delete the file of a version, with all its copies. This cannot be undone.", reason: null, VersionArgument()),
        VersionDecision("nil-return", "State that there was nothing to report: every count is 0.", reason: null),
        Arrangement("late", "Say that a return will be late, and when it will come.", hasDay: true),
        Arrangement("extension", "Give a return a later due date.", hasDay: true),
        Arrangement("waiver", "Waive a return: it is not asked for.", hasDay: false),
        TakeDown(),
        Preview(),
        Explain(),
        AnnualReport(),
        VerifyFigures(),
    ];

    private Command Decision(
        string name, string description, Argument<Period>? year = null, Option<string>? reason = null, Option<bool>? publishAnyway = null, Option<bool>? dryRun = null, Option<string>? note = null)
    {
        var by = By();
        var command = new Command(name, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { by, port, data };
        if (year is not null)
        {
            command.Add(year);
        }

        foreach (var option in new Option?[] { reason, note, publishAnyway, dryRun }.OfType<Option>())
        {
            command.Add(option);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject();
            if (publishAnyway is not null && line.GetValue(publishAnyway))
            {
                body["publishAnyway"] = true;
            }

            if (dryRun is not null && line.GetValue(dryRun))
            {
                body["dryRun"] = true;
            }

            if (note is not null)
            {
                body["note"] = Shorten(line.GetValue(note));
            }

            if (year is not null && line.GetValue(year) is var given && given != default)
            {
                body["year"] = given.ToString();
            }

            if (reason is not null)
            {
                body["reason"] = Shorten(line.GetValue(reason));
            }

            return SendAsync(line, line.GetValue(by), HttpMethod.Post, $"api/{name}", body, response => ResponseOutput.ShowDone(response, Console.Out), ct);
        });
        return command;
    }

    private Command TakeDown()
    {
        var release = new Argument<int>("RELEASE") { Description = "The number of the release." };
        var (by, reason, anyway, dryRun) = (By(), Reason("The reason, which is published.", isRequired: true), PublishAnyway(), DryRun());
        var command = new Command("take-down", "Remove a published release. The history keeps its number, and says that it was taken down. Exit code 0: done, 1: refused, 2: bad usage.")
        {
            release, reason, anyway, dryRun, by, port, data,
        };
        command.SetAction((line, ct) =>
        {
            var body = new JsonObject { ["release"] = line.GetValue(release), ["reason"] = Shorten(line.GetValue(reason)), ["publishAnyway"] = line.GetValue(anyway), ["dryRun"] = line.GetValue(dryRun) };
            return SendAsync(line, line.GetValue(by), HttpMethod.Post, "api/take-down", body, response => ResponseOutput.ShowDone(response, Console.Out), ct);
        });
        return command;
    }

    private Command VersionDecision(string name, string description, Option<string>? reason, Argument<int>? version = null)
    {
        var id = new Argument<string>("A/R") { Description = "The return, for example constabulary/domestic-abuse." };
        var period = PeriodArgument("P", "The period, e.g. 2019-20-Q1.", isYear: false);
        var by = By();
        var command = new Command(name, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { id, period };
        if (version is not null)
        {
            command.Add(version);
        }

        foreach (var option in new Option?[] { reason, by, port, data }.OfType<Option>())
        {
            command.Add(option);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject { ["return"] = line.GetValue(id), ["period"] = line.GetValue(period).ToString() };
            if (reason is not null)
            {
                body["reason"] = Shorten(line.GetValue(reason));
            }

            if (version is not null)
            {
                body["version"] = line.GetValue(version);
            }

            return SendAsync(line, line.GetValue(by), HttpMethod.Post, $"api/{name}", body, response => ResponseOutput.ShowDone(response, Console.Out), ct);
        });
        return command;
    }

    private Command Arrangement(string kind, string description, bool hasDay)
    {
        var id = new Argument<string>("A/R") { Description = "The return, for example constabulary/domestic-abuse." };
        var period = PeriodArgument("P", "The period, e.g. 2019-20-Q1.", isYear: false);
        var (by, reason, undo) = (By(), Reason("The reason. It is not published.", isRequired: false), new Option<bool>("--undo") { Description = "Undo it." });
        var day = new Option<string>("--day") { Description = "The day, e.g. 2019-08-15.", HelpName = "DAY" };
        var command = new Command(kind, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { id, period, reason, undo, by, port, data };
        if (hasDay)
        {
            command.Add(day);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject { ["return"] = line.GetValue(id), ["period"] = line.GetValue(period).ToString(), ["kind"] = kind, ["reason"] = Shorten(line.GetValue(reason)), ["undo"] = line.GetValue(undo) };
            if (hasDay && line.GetValue(day) is { } given)
            {
                body["day"] = given;
            }

            return SendAsync(line, line.GetValue(by), HttpMethod.Post, "api/arrange", body, response => ResponseOutput.ShowDone(response, Console.Out), ct);
        });
        return command;
    }

    private Command Preview()
    {
        var json = Json();
        var command = new Command("preview", "Show what publishing now would change, what waits, and what is hidden.") { json, port, data };
        command.SetAction((line, ct) => SendAsync(
            line,
            by: null,
            HttpMethod.Get,
            "api/preview",
            body: null,
            response => Show(line.GetValue(json), response, text => new PreviewLines(Console.Out).Show(JsonSerializer.Deserialize(text, PreviewJson.Default.Preview)!)),
            ct));
        return command;
    }

    private Command Explain()
    {
        var headline = new Argument<string>("HEADLINE") { Description = "The headline, e.g. idva-referrals." };
        headline.Validators.Add(result =>
        {
            if (HeadlineIds.FindProblem(CatalogueFolder.Load(result.GetValue(CatalogueFolder.Option)), result.GetValueOrDefault<string>() ?? string.Empty) is { } unknown)
            {
                result.AddError(unknown);
            }
        });
        var period = PeriodArgument("PERIOD", "A year or a quarter, e.g. 2019-20-Q1.", isYear: false);
        var json = Json();
        var command = new Command("explain", "Trace a headline to its returns, files and cells.") { headline, period, json, port, data };
        command.SetAction((line, ct) => SendAsync(
            line,
            by: null,
            HttpMethod.Get,
            $"api/lineage?headline={line.GetValue(headline)}&period={line.GetValue(period)}",
            body: null,
            response => Show(line.GetValue(json), response, text => new LineageTable(console).Show(JsonSerializer.Deserialize(text, HeadlineTraceJson.Default.HeadlineTrace)!)),
            ct));
        return command;
    }

    private Command AnnualReport()
    {
        var year = YearArgument();
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write to.", HelpName = "DIR", Required = true };
        var command = new Command("report", "Write the annual report of a year, its Key Headlines and the board paper, from the figures as they would be published now. Exit code 0: written, 1: no figures, 2: bad usage.")
        {
            year, folder, port, data,
        };
        command.SetAction((line, ct) => SendAsync(
            line,
            by: null,
            HttpMethod.Get,
            $"api/annual-report?year={line.GetValue(year)}",
            body: null,
            zip =>
            {
                var target = line.GetRequiredValue(folder).FullName;
                using var archive = new ZipArchive(new MemoryStream(Convert.FromBase64String(zip)), ZipArchiveMode.Read);
                archive.ExtractToDirectory(target, overwriteFiles: true);
                Console.Out.WriteLine($"{Plural.Format(archive.Entries.Count, "file")} written to {target}. The board paper is not for the public.");
            },
            ct));
        return command;
    }

    private Command VerifyFigures()
    {
        var command = new Command("verify-figures", "Rebuild the figures that releases are made from, and compare them. Exit code 0: the same, 1: different.") { port, data };
        command.SetAction((line, ct) => SendAsync(
            line, by: null, HttpMethod.Get, "api/verify-figures", body: null, response => ResponseOutput.ShowDone(response, Console.Out), ct));
        return command;
    }

    private async Task<int> SendAsync(ParseResult line, string? by, HttpMethod method, string path, JsonObject? body, Action<string> show, CancellationToken ct)
    {
        var client = new HostClient(new HostRequestOptions(line.GetValue(port), line.GetValue(data), by, line.GetValue(CatalogueFolder.Option)), clock);
        return ResponseOutput.Show(await client.SendAsync(method, path, body, ct), show, Console.Error);
    }

    private static void Show(bool asJson, string response, Action<string> lines)
    {
        if (asJson)
        {
            Console.Out.WriteLine(response);
        }
        else
        {
            lines(response);
        }
    }

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of lines." };

    private static Option<string> By()
    {
        var by = new Option<string>("--by") { Description = "The name of the person who decides.", DefaultValueFactory = _ => Environment.UserName, HelpName = "NAME" };
        by.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > MaxNameLength })
            {
                result.AddError($"A name can have at most {MaxNameLength} characters.");
            }
        });
        return by;
    }

    private static string? Shorten(string? reason) => reason is { Length: > MaxReasonLength } ? reason[..MaxReasonLength] : reason;

    private static Option<string> Reason(string description, bool isRequired) =>
        new("--reason") { Description = description, Required = isRequired, HelpName = "TEXT" };

    private static Option<bool> PublishAnyway() => new("--publish-anyway") { Description = "Publish the small numbers in the reason." };

    private static Argument<int> VersionArgument() => new("VERSION") { Description = "The number of the version." };

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Change nothing. Show what would be done, and the public text as readers will see it." };

    private static Argument<Period> OptionalYearArgument()
    {
        var year = YearArgument();
        year.Arity = ArgumentArity.ZeroOrOne;
        return year;
    }

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

            result.AddError(isYear ? "Write the year like 2019-20." : "Write the period like 2019-20 or 2019-20-Q1.");
            return default;
        },
    };
}
