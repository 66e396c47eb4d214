using DasvPipeline.Portal.Auth;

namespace DasvPipeline.Portal.Pages;

/// <summary>The data that the layout of every page needs.</summary>
/// <param name="Caller">The signed-in person; null if nobody is signed in.</param>
/// <param name="Path">The path of this page, to mark it in the navigation.</param>
/// <param name="Publisher">The name of the organisation that publishes the figures.</param>
/// <param name="Token">The anti-forgery token of every form on the page; null if the page has no form.</param>
public sealed record PageContext(Caller? Caller, string Path, string Publisher, FormToken? Token, SignInAddresses SignIn)
{
    /// <summary>For the manager: how many people wait for access.</summary>
    public int WaitingRequests { get; init; }

    /// <summary>The name of the agency as which the manager views the pages; null for none.</summary>
    public string? ViewedAgency { get; init; }
}

public sealed record FormToken(string Field, string Value);

/// <summary>A message at the top of a page that says whether an action succeeded.</summary>
/// <param name="IsRefused">True if the action was refused.</param>
/// <param name="Details">The reasons why it was refused.</param>
public sealed record FlashMessage(string Message, bool IsRefused, IReadOnlyList<string> Details)
{
    public static FlashMessage CreateSuccess(string message) => new(message, false, []);

    public static FlashMessage CreateRefusal(string message) => new(message, true, []);
}
