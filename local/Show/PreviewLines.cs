using System.Globalization;
using DasvPipeline.Core.Oversee;

namespace DasvPipeline.Local.Show;

/// <summary>What would change if it were published now, in lines that can be searched.</summary>
internal sealed class PreviewLines(TextWriter output)
{
    public void Show(Preview preview)
    {
        Line(preview.Release == 0 ? "Nothing is published yet." : FormattableString.Invariant($"Release {preview.Release} is published."));
        if (preview.Hold is { } hold)
        {
            Line($"Publishing is held by {hold.By} since {Day(hold.At)}: {hold.Reason}");
        }

        Line(preview.Writes is not { } writes
            ? "A publish would change nothing."
            : $"A publish would write {string.Join(", ", writes.Select(year => $"{year.Year} ({year.Status})"))}.");
        foreach (var change in preview.Changes)
        {
            Line($"  {change.Headline} {change.Period}: from {Number(change.From)} to {Number(change.To)}. {change.Reason}");
        }

        foreach (var item in preview.Waiting)
        {
            Line($"  waits until its year is signed off: {item.Return} {item.Period}, {Version(item.SignedOff, "nothing")} is published, {Version(item.Live, "nothing")} counts now");
        }

        foreach (var year in preview.Years)
        {
            Show(year);
        }
    }

    private void Show(PreviewYear year)
    {
        Line($"{year.Year}: {(year.Decision == "signed-off" ? "signed off" : "open")}"
            + (year is { By: { } by, At: { } at } ? $", by {by} on {Day(at)}" : string.Empty) + (year.Reason is { } reason ? $": {reason}" : string.Empty));
        foreach (var hidden in year.Hidden)
        {
            Line($"  hidden: {hidden.Number}. {hidden.Because}");
        }

        foreach (var exposed in year.Exposed)
        {
            Line($"  given away by earlier releases: {exposed}");
        }
    }

    private void Line(string text) => output.WriteLine(Answers.Printable(text));

    private static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Number(decimal? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "nothing";

    private static string Version(int? version, string none) => version is { } number ? FormattableString.Invariant($"version {number}") : none;
}
