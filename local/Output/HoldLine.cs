using System.Globalization;
using DasvPipeline.Core.Ports;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints when publishing is put on hold or released, so that the user knows why nothing is published.</summary>
internal sealed class HoldLine(IAnsiConsole console)
{
    private Hold? _shown;

    public async Task ShowIfNewAsync(IFeedStore feed, CancellationToken ct)
    {
        var hold = (await feed.ReadPublishQueueAsync(ct)).Decisions.Hold;
        if (hold == _shown)
        {
            return;
        }

        if (hold is null)
        {
            console.MarkupLine("[yellow]Publishing is no longer on hold.[/]");
        }
        else
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[yellow]{ResponseOutput.RemoveControlCharacters(hold.By.Name)} put publishing on hold on {hold.At:d MMMM yyyy}: {ResponseOutput.RemoveControlCharacters(hold.Reason)}[/]");
        }

        _shown = hold;
    }
}
