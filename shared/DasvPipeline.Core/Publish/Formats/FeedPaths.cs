namespace DasvPipeline.Core.Publish.Formats;

/// <summary>The paths of the feed's files in the container <c>public</c>.</summary>
public static class FeedPaths
{
    public const string Headlines = "headlines.json";
    public const string Index = "index.json";
    public const string Changes = ReleaseLog.Name;
    public const string Schema = "schema/headlines.v1.json";

    internal static string GetReleaseFolder(int number) => FormattableString.Invariant($"releases/{number}/");
}
