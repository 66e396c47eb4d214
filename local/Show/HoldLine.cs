using System.Globalization;
using DasvPipeline.Core.Store;
using Spectre.Console;

namespace DasvPipeline.Local.Show;

/// <summary>Says that publishing is held, and that it no longer is: otherwise nothing would seem to happen.</summary>
internal sealed class HoldLine(IAnsiConsole console)
{
    private Hold? _shown;

    public async Task ShowIfNewAsync(IFeedStore feed, CancellationToken ct)
    {
        var hold = (await feed.ReadOutstandingAsync(ct)).Decisions.Hold;
        if (hold == _shown)
        {
            return;
        }

        if (hold is null)
        {
            console.MarkupLine("[yellow]Publishing is no longer held.[/]");
        }
        else
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[yellow]Publishing is held by {Answers.Printable(hold.By)} since {hold.At:d MMMM yyyy}: {Answers.Printable(hold.Reason)}[/]");
        }

        _shown = hold;
    }
}
