namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Makes the addresses in the feed's files. If the public address is set, they are absolute. If not, each is relative to the file that it is in,
/// so that it resolves wherever the feed is served. A path is something else: it starts at the feed's root in every file.
/// </summary>
public sealed class FeedLinks
{
    /// <summary>The folder of the feed under the public address.</summary>
    public const string Folder = "feed/";

    private const string AboutPage = "about";

    /// <summary>The links of a feed whose public address is not set.</summary>
    public static readonly FeedLinks Relative = new(null);

    private FeedLinks(Uri? publicAddress) => PublicAddress = publicAddress;

    /// <summary>The public address, with a slash at its end; null if it is not set.</summary>
    public Uri? PublicAddress { get; }

    public bool IsAbsolute => PublicAddress is not null;

    /// <summary>Reads the setting: the address at which readers reach the app, such as <c>https://figures.example.org</c>.</summary>
    /// <returns>False if the setting is not empty and not such an address. The links are then relative.</returns>
    public static bool TryParse(string? setting, out FeedLinks links)
    {
        links = Relative;
        if (string.IsNullOrWhiteSpace(setting))
        {
            return true;
        }

        if (!Uri.TryCreate(setting.Trim().TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            return false;
        }

        links = new FeedLinks(address);
        return true;
    }

    /// <summary>Returns the link from a file to another one. Both are paths from the feed's root.</summary>
    public string ToFile(string from, string path)
    {
        if (PublicAddress is not null)
        {
            return PublicAddress.AbsoluteUri + Folder + path;
        }

        var (steps, target) = (from.Split('/')[..^1], path.Split('/'));
        var shared = steps.Zip(target.SkipLast(1)).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Concat(Enumerable.Repeat("../", steps.Length - shared)) + string.Join('/', target[shared..]);
    }

    /// <summary>Returns the link from a file to the feed's root, with a slash at its end.</summary>
    public string ToRoot(string from) => PublicAddress is not null ? PublicAddress.AbsoluteUri + Folder : "./" + Up(from);

    /// <summary>Returns the link from a file to the page about the figures, which is served next to the feed.</summary>
    public string ToAboutPage(string from) => PublicAddress is not null ? PublicAddress.AbsoluteUri + AboutPage : $"{Up(from)}../{AboutPage}";

    private static string Up(string from) => string.Concat(Enumerable.Repeat("../", from.Count(letter => letter == '/')));
}
