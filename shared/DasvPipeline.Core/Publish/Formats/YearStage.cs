namespace DasvPipeline.Core.Publish.Formats;

/// <summary>The stages of a year in the feed. Three of them are also a status, which version 1 of the feed has had from the start.</summary>
internal static class YearStage
{
    /// <summary>The year has not ended. Its figures are those of the months so far. Its status is provisional.</summary>
    public const string InProgress = "in-progress";

    /// <summary>The year has ended and is not signed off.</summary>
    public const string Provisional = "provisional";

    /// <summary>The year is signed off.</summary>
    public const string Final = "final";

    /// <summary>The year was signed off again with different figures.</summary>
    public const string Revised = "revised";

    /// <summary>The year was re-opened. Its figures and its status stay until it is signed off again.</summary>
    public const string UnderReview = "under-review";
}
