using DasvPipeline.Core.Oversight.Board;

namespace DasvPipeline.Portal.Pages;

/// <summary>The display names of the board's states.</summary>
public static class StateNames
{
    /// <summary>The states, most urgent first.</summary>
    public static readonly IReadOnlyList<string> All = [BoardStates.Overdue, BoardStates.Rejected, BoardStates.Withdrawn, BoardStates.Undecided, BoardStates.AcceptedWithQueries, BoardStates.Due, BoardStates.Received, BoardStates.Explained, BoardStates.Accepted, BoardStates.NotDue, BoardStates.Waived];

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

    /// <summary>Returns true if the agency must act.</summary>
    public static bool NeedsAction(string state) => state is BoardStates.Due or BoardStates.Overdue or BoardStates.Rejected or BoardStates.Withdrawn or BoardStates.Undecided or BoardStates.AcceptedWithQueries;
}
