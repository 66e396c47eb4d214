using System.CommandLine;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Output;

namespace DasvPipeline.Local.Commands;

/// <summary>Runs one command of the command line. It changes no state of the process, so that several can run at the same time.</summary>
internal static class CommandLineProgram
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    /// <param name="arguments">The command and its options, without the name of the program.</param>
    /// <param name="terminal">Receives what the command prints.</param>
    /// <param name="stopsOnSignals">True if Ctrl+C stops the command. Only the entry point of the process sets it.</param>
    /// <returns>The exit code. Each fault is one, so no exception is thrown.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, TimeProvider clock, CancellationToken ct, bool stopsOnSignals = false)
    {
        try
        {
            var parsed = RootCommandFactory.Create(new CommandContext(terminal, clock)).Parse(arguments);
            return parsed.Errors.Count > 0 && parsed.Action is not HelpExamples
                ? ShowUsageErrors(parsed, terminal.Errors)
                : await parsed.InvokeAsync(
                    new InvocationConfiguration
                    {
                        Output = terminal.Output,
                        Error = terminal.Errors,
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = stopsOnSignals ? StopLimit : null,
                    },
                    ct);
        }
#pragma warning disable CA1031 // Every error is one sentence, not a stack trace. --telemetry shows more.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return ShowFault(fault, terminal.Errors);
        }
    }

    private static int ShowUsageErrors(ParseResult parsed, TextWriter errors)
    {
        // Commands that share an option each report its errors.
        foreach (var message in parsed.Errors.Select(error => error.Message).Distinct())
        {
            errors.WriteLine(message);
        }

        errors.WriteLine("Run with --help for usage.");
        return ExitCode.BadUsage;
    }

    private static int ShowFault(Exception fault, TextWriter errors)
    {
        var (sentence, code) = fault switch
        {
            UserException or AzuriteException or CatalogueException => (fault.Message, ExitCode.Refused),

            // The message names the file or the folder.
            IOException or UnauthorizedAccessException => ($"This computer did not allow it: {fault.Message}", ExitCode.Refused),
            OperationCanceledException => ("Stopped before it was done.", ExitCode.Stopped),
            _ => ($"This is a fault of DasvPipeline ({fault.GetType().Name}): {fault.Message.Split('\n')[0].Trim()}", ExitCode.OurFault),
        };
        errors.WriteLine(sentence);
        return code;
    }
}
