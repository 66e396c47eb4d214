namespace DasvPipeline.Local.Commands;

/// <summary>The exit codes of all commands, for scripts. The README lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Rejected, refused, or not possible now. The sentence says why and what to do.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int BadUsage = 2;

    /// <summary>A fault of this program.</summary>
    public const int OurFault = 3;

    /// <summary>Stopped with Ctrl+C before it was done, as shells report it.</summary>
    public const int Stopped = 130;
}
