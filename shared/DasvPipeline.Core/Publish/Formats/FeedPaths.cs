namespace DasvPipeline.Core.Publish.Formats;

/// <summary>The paths of the feed's files in the container <c>public</c>.</summary>
public static class FeedPaths
{
    public const string Headlines = "headlines.json";
    public const string Index = "index.json";
    public const string Changes = ReleaseLog.Name;
    /// <summary>The page about the figures, from the feed's root.</summary>
    public const string AboutPage = "../about";

    public const string Schema = "schema/headlines.v1.json";

    internal static string GetReleaseFolder(int number) => FormattableString.Invariant($"releases/{number}/");
}
