namespace DasvPipeline.Core.Publish.Formats;

/// <summary>The paths of the feed's files in the container <c>public</c>.</summary>
public static class FeedPaths
{
    public const string Headlines = "headlines.json";
    public const string Index = "index.json";
    public const string Changes = ReleaseLog.Name;
    public const string Schema = "schema/headlines.v1.json";

    internal static string GetReleaseFolder(int number) => FormattableString.Invariant($"releases/{number}/");

    /// <summary>Returns the path of a page of earlier releases. Page 1 has the first ones.</summary>
    internal static string GetHistory(int page) => FormattableString.Invariant($"history/{page}.json");

    /// <summary>Returns the path of the same page as an Atom file.</summary>
    internal static string GetHistoryLog(int page) => FormattableString.Invariant($"history/{page}.atom");
}
