using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Local.Output;

/// <summary>Prints the changes that publishing now would make, in lines that can be searched.</summary>
internal sealed class PreviewLines(TextWriter output)
{
    public void Show(Preview preview)
    {
        Line(preview.Release == 0 ? "Nothing is published yet." : FormattableString.Invariant($"Release {preview.Release} is published."));
        if (preview.Hold is { } hold)
        {
            Line($"{hold.By} put publishing on hold on {Day(hold.At)}: {hold.Reason}");
        }

        var verb = preview.IsContinuous ? "Publishing now will" : "The next release will";
        Line(preview.Writes is not { } writes
            ? $"{verb} change nothing."
            : $"{verb} mark {string.Join(", ", writes.Select(year => $"{year.Year} as {year.Stage.Replace('-', ' ')}"))}.");
        if (preview.Next is { } next)
        {
            Line($"Next release: {UkTime.Format(next.At)}{(next.IsLate ? ", which has passed" : string.Empty)}. {next.Title}.");
        }

        if (preview.Approval is { } approval)
        {
            Line($"{approval.By} approved it on {UkTime.Format(approval.At)}.{(approval.Note is { } note ? $" Note for readers: {note}" : string.Empty)}");
            Line(approval.IsOutdated ? "The catalogue or the software has changed since the approval. Approve the release again."
                : preview.LaterReturns > 0 ? $"{Plural.Format(preview.LaterReturns, "return")} changed after the approval, for the release after it."
                : "No return has changed since the approval.");
        }

        foreach (var change in preview.Changes)
        {
            Line($"  {change.Headline} {change.Period}: from {Number(change.From)} to {Number(change.To)}. {change.Reason}");
        }

        foreach (var item in preview.Waiting)
        {
            Line($"  waits until its year is signed off: {item.Return} {item.Period}, {Version(item.SignedOff, "nothing")} is signed off, {Version(item.Live, "nothing")} is live");
        }

        foreach (var year in preview.Years)
        {
            Show(year);
        }
    }

    private void Show(PreviewYear year)
    {
        Line($"{year.Year}: {year.Decision.Replace('-', ' ')}"
            + (year is { By: { } by, At: { } at } ? $", by {by} on {Day(at)}" : string.Empty) + (year.Reason is { } reason ? $": {reason}" : string.Empty));
        foreach (var hidden in year.Hidden)
        {
            Line($"  hidden: {hidden.Number}. {hidden.Because}{hidden.Instalments}");
        }

        foreach (var exposed in year.Exposed)
        {
            Line($"  disclosed by earlier releases: {exposed}");
        }
    }

    private void Line(string text) => output.WriteLine(ResponseOutput.RemoveControlCharacters(text));

    private static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Number(decimal? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "nothing";

    private static string Version(int? version, string none) => version is { } number ? FormattableString.Invariant($"version {number}") : none;
}
