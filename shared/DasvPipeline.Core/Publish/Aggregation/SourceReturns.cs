using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>The returns of a year behind a figure.</summary>
/// <param name="Due">The returns that the figure should contain. In a year in progress, those up to <paramref name="LastQuarter"/>.</param>
/// <param name="Missing">Those of them that have not been accepted.</param>
/// <param name="Overdue">In a year in progress: the returns of later quarters whose due date has passed.</param>
/// <param name="IsCollected">True if any return for the year has the figure.</param>
/// <param name="LastQuarter">In a year in progress: the last quarter for which a return has been accepted. Null for a whole year, and without one.</param>
internal sealed record SourceReturns(
    IReadOnlyList<ReturnKey> Due, IReadOnlyList<ReturnKey> Missing, IReadOnlyList<ReturnKey> Overdue, bool IsCollected, Period? LastQuarter)
{
    public static SourceReturns Find(YearFigures year, IReadOnlyList<Form> forms)
    {
        var all = forms.SelectMany(form => form.GetPeriodsDueIn(year.Year), (form, period) => (Form: form, Key: new ReturnKey(form.Return, period))).ToList();
        var last = all.Where(item => !item.Key.Period.IsYear && year.IsLive(item.Key)).Select(item => item.Key.Period.Quarter).DefaultIfEmpty().Max();
        var due = all.FindAll(item => !year.IsInProgress || year.IsLive(item.Key) || (!item.Key.Period.IsYear && item.Key.Period.Quarter <= last)).ConvertAll(item => item.Key);
        return new SourceReturns(
            due,
            due.FindAll(key => !year.IsLive(key)),
            [.. all.Where(item => year.IsInProgress && !due.Contains(item.Key) && year.IsOverdue(item.Form, item.Key.Period)).Select(item => item.Key)],
            all.Count > 0,
            year.IsInProgress && last > 0 ? year.Year.WithQuarter(last) : null);
    }
}
