using System.CommandLine;

namespace DasvPipeline.Local.Commands;

/// <summary>The commands for one file, which need no store.</summary>
internal static class FileCommands
{
    public static Command CreateCheck(CommandContext context)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file to check." };
        var id = new Option<string>("--return") { Description = "The return, for example constabulary/domestic-abuse.", Required = true, HelpName = "A/R" };
        var period = new Option<string>("--period") { Description = "The period, for example 2019-20-Q1 or 2019-20.", Required = true, HelpName = "P" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of lines." };
        var marked = new Option<FileInfo>("--marked") { Description = "Write a copy of the workbook with the findings marked, or a list of findings for a CSV file.", HelpName = "OUT" };
        var command = new Command("check", "Check a file in the same way as an upload, without storing anything. Exit code 0: accepted, 1: rejected, 2: bad usage.") { file, id, period, json, marked };
        command.SetAction((line, ct) =>
            new CheckCommand(line.GetRequiredValue(file), line.GetRequiredValue(id), line.GetRequiredValue(period), line.GetValue(json), line.GetValue(marked), line.GetValue(context.Catalogue))
                .RunAsync(context.Terminal.Output, context.Terminal.Errors, context.Clock, ct));
        return command;
    }

    public static Command CreateTemplate(CommandContext context)
    {
        var id = new Argument<string>("A/R") { Description = "The return, for example constabulary/domestic-abuse." };
        var period = new Argument<string>("P") { Description = "The period, for example 2019-20-Q1." };
        var file = new Argument<FileInfo>("FILE.xlsx") { Description = "The file to write the form to." };
        var last = new Option<FileInfo>("--last") { Description = "The file sent for the previous period. The form shows its figures next to each cell.", HelpName = "FILE" };
        var command = new Command("template", "Write the blank form of a return for a period.") { id, period, file, last };
        command.SetAction((line, ct) =>
            new TemplateCommand(line.GetRequiredValue(id), line.GetRequiredValue(period), line.GetRequiredValue(file), line.GetValue(last), line.GetValue(context.Catalogue))
                .RunAsync(context.Terminal.Output, context.Terminal.Errors, ct));
        return command;
    }
}
