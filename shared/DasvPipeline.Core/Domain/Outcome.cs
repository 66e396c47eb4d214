namespace DasvPipeline.Core.Domain;

/// <summary>How an action of a person ended.</summary>
public enum OutcomeStatus
{
    Done,

    /// <summary>The request lacks something that the person can add, such as a reason.</summary>
    Incomplete,

    /// <summary>The subject of the action does not exist, or does not exist any more.</summary>
    NotFound,

    /// <summary>The current state does not allow the action.</summary>
    Refused,
}

/// <summary>The result of an action of a person, with a message for that person.</summary>
/// <param name="Obstacles">The reasons why the action was refused, one sentence each; empty if there is nothing to add to the message.</param>
public sealed record Outcome(OutcomeStatus Status, string Message, IReadOnlyList<string> Obstacles)
{
    /// <summary>In a dry run, the text as readers will see it; null if the action publishes no text.</summary>
    public string? PublicText { get; init; }

    public bool IsDone => Status == OutcomeStatus.Done;

    public static Outcome Done(string message) => new(OutcomeStatus.Done, message, []);

    public static Outcome Incomplete(string message) => new(OutcomeStatus.Incomplete, message, []);

    public static Outcome NotFound(string message) => new(OutcomeStatus.NotFound, message, []);

    public static Outcome Refused(string message, params IReadOnlyList<string> obstacles) => new(OutcomeStatus.Refused, message, obstacles);
}
