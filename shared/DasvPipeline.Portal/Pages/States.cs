namespace DasvPipeline.Portal.Pages;

/// <summary>The states of the board in words.</summary>
public static class States
{
    /// <summary>In the order in which they matter.</summary>
    public static readonly IReadOnlyList<string> All = ["overdue", "rejected", "withdrawn", "accepted-with-queries", "due", "received", "explained", "accepted", "not-due"];

    public static string WordOf(string state) => state switch
    {
        "not-due" => "Not due yet",
        "due" => "Due",
        "overdue" => "Overdue",
        "received" => "Received",
        "accepted" => "Accepted",
        "accepted-with-queries" => "Accepted with queries",
        "explained" => "Explained",
        "rejected" => "Rejected",
        "withdrawn" => "Withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no word."),
    };

    /// <summary>Whether an agency has something to do about it.</summary>
    public static bool IsToDo(string state) => state is "due" or "overdue" or "rejected" or "withdrawn" or "accepted-with-queries";
}
