using System.CommandLine;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;

namespace DasvPipeline.Local.Commands;

/// <summary>Creates the definition of the command line: the program itself, which starts everything, and its commands.</summary>
internal static class RootCommandFactory
{
    private const int MaxWorkers = 64;

    public static RootCommand Create(CommandContext context)
    {
        var root = CreateRun(context);
        IEnumerable<Command> commands =
        [
            FileCommands.CreateCheck(context), FileCommands.CreateTemplate(context), StoreCommands.CreateRestore(context),
            .. new DecisionCommands(context).All, .. new ReturnDecisionCommands(context).All, .. new FigureCommands(context).All,
            new CatalogueCommands(context).Create(), StoreCommands.CreateDoctor(context),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
        }

        HelpExamples.AddTo(root, context.Terminal.HelpWidth);
        return root;
    }

    private static RootCommand CreateRun(CommandContext context)
    {
        var once = new Option<bool>("--once") { Description = "Process the files in a fresh store, print the headlines, and exit." };
        var inbox = new Option<string>("--inbox") { Description = "A folder of returns (agency/return/period/file) to use instead of the samples. Without --once it is watched for changes.", HelpName = "DIR" };
        var outFolder = new Option<string>("--out") { Description = "Write every public file of the feed to this folder.", HelpName = "DIR" };
        var siteFolder = new Option<string>("--site") { Description = "Write the public page with a page of each year, and the feed, to this folder for a static host.", HelpName = "DIR" };
        var workers = new Option<int>("--workers") { Description = "The number of files to process at the same time.", DefaultValueFactory = _ => BlobEventSource.DefaultParallelism, HelpName = "N" };
        CommandContext.AddRange(workers, MaxWorkers, "The number of workers must be from 1 to 64.");
        var telemetry = new Option<string>("--telemetry") { Description = "Print telemetry: spans, metrics and logs.", HelpName = "console" };
        telemetry.AcceptOnlyFromAmong("console");
        var quiet = new Option<bool>("--quiet") { Description = "Print only errors, for scripts." };
        var root = new RootCommand("DasvPipeline on this machine: the store, the triggers and the feed. Exit code 0: done, 1: refused or not possible now, 2: bad usage, 3: a fault of this program.")
        {
            once, inbox, outFolder, siteFolder, context.Data, context.Port, workers, telemetry, quiet, context.Catalogue,
        };
        root.SetAction((line, ct) =>
        {
            var isQuiet = line.GetValue(quiet);
            var options = new RunOptions(
                line.GetValue(once), line.GetValue(inbox), line.GetValue(outFolder), line.GetValue(siteFolder), line.GetValue(context.Data), line.GetValue(context.Port),
                line.GetValue(telemetry) is not null, line.GetValue(context.Catalogue), line.GetValue(workers), isQuiet);
            return new RunCommand(options, isQuiet ? SafeConsole.CreateQuiet() : context.Terminal.Lines, context.Terminal.Errors, context.Clock).RunAsync(ct);
        });
        return root;
    }
}
