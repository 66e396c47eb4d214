using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Local.Output;
using DasvPipeline.Portal;

namespace DasvPipeline.Local.Commands;

/// <summary>The manager's commands that show figures and change nothing.</summary>
internal sealed class FigureCommands(CommandContext context)
{
    private readonly ManagerRequest _request = new(context);

    public IEnumerable<Command> All => [Preview(), Explain(), AnnualReport(), VerifyFigures()];

    private Command Preview()
    {
        var json = CreateJson();
        var command = new Command("preview", "Show what publishing now would change, what waits, and what is hidden.") { json, context.Port, context.Data };
        command.SetAction((line, ct) => _request.GetAsync(
            line,
            "api/preview",
            response => Show(line.GetValue(json), response, text => new PreviewLines(context.Terminal.Output).Show(JsonSerializer.Deserialize(text, PreviewJson.Default.Preview)!)),
            ct));
        return command;
    }

    private Command Explain()
    {
        var headline = new Argument<string>("HEADLINE") { Description = "The headline, e.g. idva-referrals." };
        headline.Validators.Add(result =>
        {
            if (HeadlineIds.FindProblem(CatalogueFolder.Load(result.GetValue(context.Catalogue)), result.GetValueOrDefault<string>() ?? string.Empty) is { } unknown)
            {
                result.AddError(unknown);
            }
        });
        var period = ManagerOptions.CreatePeriod("PERIOD", "A year or a quarter, e.g. 2019-20-Q1.");
        var json = CreateJson();
        var command = new Command("explain", "Trace a headline to its returns, files and cells.") { headline, period, json, context.Port, context.Data };
        command.SetAction((line, ct) => _request.GetAsync(
            line,
            $"api/lineage?headline={line.GetValue(headline)}&period={line.GetValue(period)}",
            response => Show(line.GetValue(json), response, text => new LineageTable(context.Terminal.Lines).Show(JsonSerializer.Deserialize(text, HeadlineTraceJson.Default.HeadlineTrace)!)),
            ct));
        return command;
    }

    private Command AnnualReport()
    {
        var year = ManagerOptions.CreateYear();
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write to.", HelpName = "DIR", Required = true };
        var command = new Command("report", "Write the annual report of a year, its Key Headlines and the board paper, from the figures as they would be published now. Exit code 0: written, 1: no figures, 2: bad usage.")
        {
            year, folder, context.Port, context.Data,
        };
        command.SetAction((line, ct) => _request.GetAsync(
            line,
            $"api/annual-report?year={line.GetValue(year)}",
            zip =>
            {
                var target = line.GetRequiredValue(folder).FullName;
                using var archive = new ZipArchive(new MemoryStream(Convert.FromBase64String(zip)), ZipArchiveMode.Read);
                archive.ExtractToDirectory(target, overwriteFiles: true);
                context.Terminal.Output.WriteLine($"{Plural.Format(archive.Entries.Count, "file")} written to {target}. The board paper is not for the public.");
            },
            ct));
        return command;
    }

    private Command VerifyFigures()
    {
        var command = new Command("verify-figures", "Rebuild the figures that releases are made from, and compare them. Exit code 0: the same, 1: different.") { context.Port, context.Data };
        command.SetAction((line, ct) => _request.GetAsync(line, "api/verify-figures", _request.ShowDone, ct));
        return command;
    }

    private void Show(bool asJson, string response, Action<string> lines)
    {
        if (asJson)
        {
            context.Terminal.Output.WriteLine(response);
        }
        else
        {
            lines(response);
        }
    }

    private static Option<bool> CreateJson() => new("--json") { Description = "Print one JSON object instead of lines." };
}
