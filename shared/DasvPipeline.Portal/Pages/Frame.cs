using DasvPipeline.Portal.Who;

namespace DasvPipeline.Portal.Pages;

/// <summary>What every page has around it.</summary>
/// <param name="Caller">Null on pages for anyone.</param>
/// <param name="Path">Of this page, to mark where one is.</param>
/// <param name="Publisher">Who runs this.</param>
/// <param name="Token">Hidden in every form; only whoever was shown the page can send it.</param>
public sealed record Frame(Caller? Caller, string Path, string Publisher, FormToken Token, SignIn SignIn);

public sealed record FormToken(string Field, string Value);

/// <summary>Something told at the top of a page: that it was done, or why not.</summary>
/// <param name="IsRefused">Whether what was asked for was not done.</param>
/// <param name="Details">What stands against it.</param>
public sealed record Telling(string Message, bool IsRefused, IReadOnlyList<string> Details)
{
    public static Telling Done(string message) => new(message, false, []);

    public static Telling Refused(string message) => new(message, true, []);
}
