using DasvPipeline.Core.Oversight.Board;

namespace DasvPipeline.Portal.Pages;

/// <summary>The display names of the board's states.</summary>
public static class StateNames
{
    /// <summary>The states, most urgent first.</summary>
    public static IReadOnlyList<string> All => BoardStates.MostUrgentFirst;

    public static string GetName(string state) => state switch
    {
        BoardStates.NotDue => "Not due yet",
        BoardStates.Due => "Due",
        BoardStates.Overdue => "Overdue",
        BoardStates.Received => "Received",
        BoardStates.Accepted => "Accepted",
        BoardStates.AcceptedWithQueries => "Accepted with queries",
        BoardStates.Explained => "Explained",
        BoardStates.Rejected => "Rejected",
        BoardStates.Withdrawn => "Withdrawn",
        BoardStates.Undecided => "Choose a version",
        BoardStates.Waived => "Waived",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no display name."),
    };

    /// <summary>Returns the short mark of a state, for narrow columns. Each state has a mark of its own, so that none is shown by colour only.</summary>
    public static string GetMark(string state) => state switch
    {
        BoardStates.NotDue => "·",
        BoardStates.Due => "D",
        BoardStates.Overdue => "!",
        BoardStates.Received => "R",
        BoardStates.Accepted => "✓",
        BoardStates.AcceptedWithQueries => "?",
        BoardStates.Explained => "E",
        BoardStates.Rejected => "✗",
        BoardStates.Withdrawn => "W",
        BoardStates.Undecided => "2",
        BoardStates.Waived => "–",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no mark."),
    };

    /// <summary>Returns true if the agency must act.</summary>
    public static bool NeedsAction(string state) => state is BoardStates.Due or BoardStates.Overdue or BoardStates.Rejected or BoardStates.Withdrawn or BoardStates.Undecided or BoardStates.AcceptedWithQueries;
}
