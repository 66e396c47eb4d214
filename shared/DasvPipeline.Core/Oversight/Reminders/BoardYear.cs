using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;

namespace DasvPipeline.Core.Oversight.Reminders;

/// <summary>Chooses the year that the board opens on.</summary>
internal static class BoardYear
{
    /// <summary>
    /// Returns the newest year in which something is to be done: a return is due, overdue or rejected, a query is open, or a file waits. Without
    /// one, returns the current year. What is overdue from earlier years is on the board of a later year too.
    /// </summary>
    public static Period Choose(IReadOnlyList<BoardRow> returns, DateOnly today) =>
        returns.Where(row => ChasedReturn.IsChased(row) || row.State is BoardStates.Received or BoardStates.Undecided).Select(Of).DefaultIfEmpty(Period.YearContaining(today)).Max();

    /// <summary>Returns the year of a return.</summary>
    public static Period Of(BoardRow row) => Period.Parse(row.Period).Year;
}
