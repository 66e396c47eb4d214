using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints the disagreements between the figures of the latest year.</summary>
internal sealed class DisagreementLines(IAnsiConsole console)
{
    public async Task ShowAsync(DescribeStatus status, CancellationToken ct)
    {
        var found = await status.GetDisagreementsAsync(null, ct);
        if (found.Discrepancies.Count == 0)
        {
            return;
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Figures for {found.Year} that disagree: {Plural.Format(found.Discrepancies.Count, "case")}");
        foreach (var item in found.Discrepancies)
        {
            console.MarkupLineInterpolated($"  {item.Sentence} [grey]{item.Id}[/]");
            foreach (var hint in item.Hints)
            {
                console.MarkupLineInterpolated($"       [grey]{hint}[/]");
            }
        }
    }
}
