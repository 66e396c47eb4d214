using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Hostile;

/// <summary>
/// Runs in the child process before the command line's own beginning, where DOTNET_STARTUP_HOOKS names this assembly:
/// checks the files that standard input names, one after another, and ends the process. The name and its place, in no
/// namespace, are the runtime's.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // Nothing of the test framework may be needed here: the child has only the command line's own assemblies.
#pragma warning disable RS0030
        var clock = TimeProvider.System;
#pragma warning restore RS0030
        foreach (var path in Console.In.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            new CheckCommand(new FileInfo(path), ValidFiles.Return, ValidFiles.Period, json: true, marked: null, catalogueFolder: null).RunAsync(Console.Out, Console.Error, clock, CancellationToken.None).GetAwaiter().GetResult();
        }

        Environment.Exit(0);
    }
}
