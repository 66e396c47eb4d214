using System.CommandLine;
using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;

#pragma warning disable RS0030 // The only place that takes the system clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030

var console = SafeConsole.Create();
TerminalWriter.Install();

var once = new Option<bool>("--once") { Description = "Process the files in a fresh store, print the headlines, and exit." };
var inbox = new Option<string>("--inbox") { Description = "A folder of returns (agency/return/period/file) to use instead of the samples. Without --once it is watched for changes.", HelpName = "DIR" };
var outFolder = new Option<string>("--out") { Description = "Write every public file of the feed to this folder.", HelpName = "DIR" };
var siteFolder = new Option<string>("--site") { Description = "Write the public page with a page of each year, and the feed, to this folder for a static host.", HelpName = "DIR" };
var data = new Option<string>("--data") { Description = "The folder of the store.", HelpName = "DIR" };
var port = new Option<int>("--port") { Description = "The port of the pages.", DefaultValueFactory = _ => 7071, HelpName = "PORT" };
port.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65_536))
    {
        result.AddError("The port must be a number from 1 to 65535.");
    }
});
var workers = new Option<int>("--workers") { Description = "The number of files to process at the same time.", DefaultValueFactory = _ => BlobEventSource.DefaultParallelism, HelpName = "N" };
workers.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 64))
    {
        result.AddError("The number of workers must be from 1 to 64.");
    }
});
var telemetry = new Option<string>("--telemetry") { Description = "Print telemetry: spans, metrics and logs.", HelpName = "console" };
telemetry.AcceptOnlyFromAmong("console");
var quiet = new Option<bool>("--quiet") { Description = "Print only errors, for scripts." };
var root = new RootCommand("DasvPipeline on this machine: the store, the triggers and the feed. Exit code 0: done, 1: refused or not possible now, 2: bad usage, 3: a fault of this program.") { once, inbox, outFolder, siteFolder, data, port, workers, telemetry, quiet, CatalogueFolder.Option };
root.SetAction((line, ct) => new RunCommand(
    new RunOptions(line.GetValue(once), line.GetValue(inbox), line.GetValue(outFolder), line.GetValue(siteFolder), line.GetValue(data), line.GetValue(port), line.GetValue(telemetry) is not null, line.GetValue(CatalogueFolder.Option), line.GetValue(workers), line.GetValue(quiet)),
    line.GetValue(quiet) ? SafeConsole.CreateQuiet() : console,
    Console.Error,
    clock).RunAsync(ct));

var file = new Argument<FileInfo>("FILE") { Description = "The file to check." };
var returnOption = new Option<string>("--return") { Description = "The return, for example constabulary/domestic-abuse.", Required = true, HelpName = "A/R" };
var period = new Option<string>("--period") { Description = "The period, for example 2019-20-Q1 or 2019-20.", Required = true, HelpName = "P" };
var json = new Option<bool>("--json") { Description = "Print one JSON object instead of lines." };
var markedFile = new Option<FileInfo>("--marked") { Description = "Write a copy of the workbook with the findings marked, or a list of findings for a CSV file.", HelpName = "OUT" };
var check = new Command("check", "Check a file in the same way as an upload, without storing anything. Exit code 0: accepted, 1: rejected, 2: bad usage.") { file, returnOption, period, json, markedFile };
check.SetAction((line, ct) => new CheckCommand(line.GetRequiredValue(file), line.GetRequiredValue(returnOption), line.GetRequiredValue(period), line.GetValue(json), line.GetValue(markedFile), line.GetValue(CatalogueFolder.Option))
    .RunAsync(Console.Out, Console.Error, clock, ct));
root.Add(check);

var templateReturn = new Argument<string>("A/R") { Description = "The return, for example constabulary/domestic-abuse." };
var templatePeriod = new Argument<string>("P") { Description = "The period, for example 2019-20-Q1." };
var templateFile = new Argument<FileInfo>("FILE.xlsx") { Description = "The file to write the form to." };
var last = new Option<FileInfo>("--last") { Description = "The file sent for the previous period. The form shows its figures next to each cell.", HelpName = "FILE" };
var template = new Command("template", "Write the blank form of a return for a period.") { templateReturn, templatePeriod, templateFile, last };
template.SetAction((line, ct) => new TemplateCommand(line.GetRequiredValue(templateReturn), line.GetRequiredValue(templatePeriod), line.GetRequiredValue(templateFile), line.GetValue(last), line.GetValue(CatalogueFolder.Option))
    .RunAsync(Console.Out, Console.Error, ct));
root.Add(template);

var day = new Argument<string>("DAY") { Description = "The day of the copy, for example 2026-12-01." };
var restore = new Command("restore", "Write the tables back from the copy of a day: those of the store, or those of the accounts that Returns__blobServiceUri and Returns__tableServiceUri name.") { day, data };
restore.SetAction((line, ct) => new RestoreCommand(line.GetRequiredValue(day), line.GetValue(data), clock).RunAsync(Console.Out, Console.Error, ct));
root.Add(restore);

foreach (var command in new ManagerCommands(port, data, console, clock).All)
{
    root.Add(command);
}

root.Add(new CatalogueCommands(port, data, clock).Create());

var doctor = new Command("doctor", "Check what is installed, the port, the folder of the store, and whether the store responds. Exit code 0: everything that the pipeline needs works, 1: something does not.") { port, data };
doctor.SetAction((line, ct) => new DoctorCommand(line.GetValue(port), line.GetValue(data)).RunAsync(Console.Out, ct));
root.Add(doctor);
HelpExamples.AddTo(root);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not HelpExamples)
{
    // Commands that share an option each report its errors.
    foreach (var message in parsed.Errors.Select(error => error.Message).Distinct())
    {
        Console.Error.WriteLine(message);
    }

    Console.Error.WriteLine("Run with --help for usage.");
    return ExitCode.BadUsage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception fault) when (fault is UserException or AzuriteException or CatalogueException)
{
    Console.Error.WriteLine(fault.Message);
    return ExitCode.Refused;
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
{
    // The message names the file or the folder.
    Console.Error.WriteLine($"This computer did not allow it: {fault.Message}");
    return ExitCode.Refused;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before it was done.");
    return ExitCode.Stopped;
}
#pragma warning disable CA1031 // Every error is one sentence, not a stack trace. --telemetry shows more.
catch (Exception fault)
{
    Console.Error.WriteLine($"This is a fault of DasvPipeline ({fault.GetType().Name}): {fault.Message.Split('\n')[0].Trim()}");
    return ExitCode.OurFault;
}
#pragma warning restore CA1031
