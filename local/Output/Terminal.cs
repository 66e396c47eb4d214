using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Receives what a command prints. What is printed cannot contain control characters of its own.</summary>
internal sealed class Terminal
{
    private Terminal(TextWriter output, TextWriter errors, IAnsiConsole lines, int? helpWidth) => (Output, Errors, Lines, HelpWidth) = (output, errors, lines, helpWidth);

    public TextWriter Output { get; }

    public TextWriter Errors { get; }

    /// <summary>The console for lines with colours and for tables.</summary>
    public IAnsiConsole Lines { get; }

    /// <summary>The width of the help; null for the width of the window.</summary>
    public int? HelpWidth { get; }

    /// <summary>Creates the terminal of this process. Everything else that writes to the process's console is protected too.</summary>
    public static Terminal OfThisProcess()
    {
        // The console comes first, because its colours are control characters.
        var lines = SafeConsole.Create();
        TerminalWriter.Install();
        return new Terminal(Console.Out, Console.Error, lines, helpWidth: null);
    }

    /// <summary>Creates a terminal over two writers, as if the output were redirected. It uses no state of the process.</summary>
    public static Terminal Create(TextWriter output, TextWriter errors)
    {
        output = TextWriter.Synchronized(output);
        return new Terminal(TerminalWriter.Protect(output), TerminalWriter.Protect(errors), SafeConsole.Create(output), helpWidth: int.MaxValue);
    }
}
