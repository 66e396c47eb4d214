using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish;

/// <summary>The settings of a host about publishing.</summary>
/// <param name="Mode">Replaces the mode of the catalogue's calendar; null to keep it. A laptop publishes continuously.</param>
public sealed record PublishOptions(PublishMode? Mode)
{
    /// <summary>The addresses in the feed's files.</summary>
    public FeedLinks Links { get; init; } = FeedLinks.Relative;

    public bool IsContinuous(PartnershipCatalogue catalogue) => (Mode ?? catalogue.Calendar.Mode) == PublishMode.Continuous;

    /// <summary>The address at which readers reach the app, with a slash at its end; null if it is not set.</summary>
    public Uri? PublicAddress => Links.PublicAddress;

    /// <param name="setting">The word of the mode: scheduled or continuous. Any other word keeps the catalogue's mode.</param>
    /// <param name="publicAddress">The address at which readers reach the app. Links are relative if it is not a valid address.</param>
    public static PublishOptions Parse(string? setting, string? publicAddress) => new(TryParse(setting, out var mode) ? mode : null)
    {
        Links = FeedLinks.TryParse(publicAddress, out var links) ? links : FeedLinks.Relative,
    };

    /// <summary>Returns false if the setting is not empty and not an address such as <c>https://figures.example.org</c>.</summary>
    public static bool IsPublicAddress(string? setting) => FeedLinks.TryParse(setting, out _);

    /// <summary>Returns false if the word is not empty and not a mode.</summary>
    public static bool TryParse(string? setting, out PublishMode? mode)
    {
        mode = setting?.Trim().ToLowerInvariant() switch
        {
            "scheduled" => PublishMode.Scheduled,
            "continuous" => PublishMode.Continuous,
            _ => null,
        };
        return mode is not null || string.IsNullOrWhiteSpace(setting);
    }
}
