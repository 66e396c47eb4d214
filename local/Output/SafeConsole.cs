using Spectre.Console;
using Spectre.Console.Rendering;

namespace DasvPipeline.Local.Output;

/// <summary>The console for lines with colours and for tables. What is printed cannot contain control characters of its own.</summary>
internal static class SafeConsole
{
    private const int WidthOfPipe = 140;

    /// <summary>Creates the console of this process. Call it before <see cref="TerminalWriter.Install"/>, because colours are control characters.</summary>
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Console;

        // A pipe has no width. Set one, so that lines are not wrapped.
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfPipe;
        }

        return Protect(console);
    }

    /// <summary>Creates a console without colours that prints to a writer, as wide as for a pipe.</summary>
    public static IAnsiConsole Create(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = WidthOfPipe;
        return Protect(console);
    }

    /// <summary>Creates a console that prints nothing.</summary>
    public static IAnsiConsole CreateQuiet() => Create(TextWriter.Null);

    /// <summary>Replaces the control characters of everything that a console prints.</summary>
    internal static IAnsiConsole Protect(IAnsiConsole console)
    {
        console.Pipeline.Attach(new Hook());
        return console;
    }

    private sealed class Hook : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(item => new Safe(item));
    }

    private sealed class Safe(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
            segment.IsControlCode || segment.IsLineBreak || !segment.Text.Any(TerminalWriter.IsUnsafe) ? segment : new Segment(ResponseOutput.RemoveControlCharacters(segment.Text), segment.Style));
    }
}
