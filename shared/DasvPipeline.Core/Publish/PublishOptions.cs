using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Publish;

/// <summary>The settings of a host about publishing.</summary>
/// <param name="Mode">Replaces the mode of the catalogue's calendar; null to keep it. A laptop publishes continuously.</param>
public sealed record PublishOptions(PublishMode? Mode)
{
    /// <summary>The name of the setting: scheduled or continuous.</summary>
    public const string Setting = "PublishMode";

    public bool IsContinuous(PartnershipCatalogue catalogue) => (Mode ?? catalogue.Calendar.Mode) == PublishMode.Continuous;

    /// <summary>Reads the setting. An unknown word keeps the catalogue's mode.</summary>
    public static PublishOptions Parse(string? setting) => new(setting?.Trim().ToLowerInvariant() switch
    {
        "scheduled" => PublishMode.Scheduled,
        "continuous" => PublishMode.Continuous,
        _ => null,
    });
}
