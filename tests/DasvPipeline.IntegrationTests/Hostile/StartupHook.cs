using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Hostile;

/// <summary>
/// Runs in the child process before the command line starts, if DOTNET_STARTUP_HOOKS names this assembly. It checks the
/// files that standard input names, one after another, and ends the process. The runtime prescribes the name of the type
/// and that it has no namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // Nothing here may need the test framework: the child has only the command line's own assemblies.
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
