using System.CommandLine;

namespace DasvPipeline.Local.Commands;

/// <summary>The commands for the store and for this computer.</summary>
internal static class StoreCommands
{
    public static Command CreateRestore(CommandContext context)
    {
        var day = new Argument<string>("DAY") { Description = "The day of the copy, for example 2026-12-01." };
        var command = new Command("restore", "Write the tables back from the copy of a day: those of the store, or those of the accounts that Returns__blobServiceUri and Returns__tableServiceUri name.") { day, context.Data };
        command.SetAction((line, ct) =>
            new RestoreCommand(line.GetRequiredValue(day), line.GetValue(context.Data), context.Clock).RunAsync(context.Terminal.Output, context.Terminal.Errors, ct));
        return command;
    }

    public static Command CreateDoctor(CommandContext context)
    {
        var command = new Command("doctor", "Check what is installed, the port, the folder of the store, and whether the store responds. Exit code 0: everything that the pipeline needs works, 1: something does not.") { context.Port, context.Data };
        command.SetAction((line, ct) => new DoctorCommand(line.GetValue(context.Port), line.GetValue(context.Data)).RunAsync(context.Terminal.Output, ct));
        return command;
    }
}
