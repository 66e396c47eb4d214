using System.CommandLine;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Local.Commands;

/// <summary>The options and arguments that several of the manager's commands have.</summary>
internal static class ManagerOptions
{
    /// <summary>The maximum length of a reason that is sent. It is longer than the stored text, but fits into a request.</summary>
    private const int MaxReasonLength = 2_000;

    private const int MaxNameLength = 100;

    public static Option<string> CreateBy()
    {
        var by = new Option<string>("--by") { Description = "The name of the person who decides.", DefaultValueFactory = _ => Environment.UserName, HelpName = "NAME" };
        by.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > MaxNameLength })
            {
                result.AddError($"A name can have at most {MaxNameLength} characters.");
            }
        });
        return by;
    }

    public static Option<string> CreateReason(string description, bool isRequired) =>
        new("--reason") { Description = description, Required = isRequired, HelpName = "TEXT" };

    /// <summary>Cuts a text that is too long for a request.</summary>
    public static string? Shorten(string? text) => text is { Length: > MaxReasonLength } ? text[..MaxReasonLength] : text;

    public static Option<bool> CreatePublishAnyway() => new("--publish-anyway") { Description = "Publish the small numbers in the reason." };

    public static Option<bool> CreateDryRun() => new("--dry-run") { Description = "Change nothing. Show what would be done, and the public text as readers will see it." };

    public static Argument<Period> CreateYear(bool isOptional = false)
    {
        var year = CreatePeriod("YEAR", "The year, e.g. 2019-20.", isYear: true);
        year.Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne;
        return year;
    }

    public static Argument<Period> CreatePeriod(string name, string description, bool isYear = false) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (Period.TryParse(result.Tokens.Single().Value, out var period) && (!isYear || period.IsYear))
            {
                return period;
            }

            result.AddError(isYear ? "Write the year like 2019-20." : "Write the period like 2019-20 or 2019-20-Q1.");
            return default;
        },
    };
}
