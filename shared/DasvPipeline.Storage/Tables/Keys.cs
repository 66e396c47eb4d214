using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// Every partition key, row key and private blob name is made here: from slugs, periods, numbers and SHA-256 alone.
/// What a person typed (a path, a file's name) enters only as a hash.
/// </summary>
internal static class Keys
{
    public const string Pending = "pending";
    public const string Releases = "releases";
    public const string CurrentRelease = "current";
    public const string Unplaced = "unplaced";

    /// <summary>Beside what is pending, as are decisions.</summary>
    public const string Hold = "hold";
    public const string DecisionPrefix = "decision|";

    /// <summary>The audit's partition of what concerns all that is published.</summary>
    public const string Publication = "publication";

    private const string HandledPrefix = "uploads|";

    public static string UploadId(string path, string etag) => Hash($"{path}\n{etag}");

    public static string PathId(string path) => Hash(path);

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string Return(ReturnKey key) =>
        Checked($"{SlugOf(key.Return.Agency.Value)}|{SlugOf(key.Return.Name)}|{key.Period}");

    public static ReturnKey ParseReturn(string text) => text.Split('|') is [var agency, var name, var period, ..]
        ? new(new(new(agency), name), Period.Parse(period))
        : throw new FormatException("A return's key is agency|return|period.");

    /// <summary><c>v00000012</c>: in the order of the numbers.</summary>
    public static string Version(int version) => Checked("v" + Padded(version));

    public static int ParseVersion(string text) => int.Parse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    public static string ReturnVersion(ReturnKey key, int version) => Checked($"{Return(key)}|{Version(version)}");

    public static string Figure(FigureKey key)
    {
        foreach (var code in key.Breakdown.Codes())
        {
            SlugOf(code.Key);
            SlugOf(code.Value);
        }

        return Checked($"{SlugOf(key.Measure.Value)}|{SlugOf(key.Area.Value)}|{key.Breakdown}");
    }

    public static FigureKey ParseFigure(string text) => text.Split('|') is [var measure, var area, var breakdown]
        ? new(new(measure), new(area), breakdown.Length == 0 ? Breakdown.None : Breakdown.Parse(breakdown))
        : throw new FormatException("A figure's key is measure|area|breakdown.");

    public static string Year(Period year) => Checked(year.Year.ToString());

    /// <summary>The partition of the uploads that have ended: one per year, and one for paths that name no period.</summary>
    public static string Handled(Period? period) =>
        Checked(HandledPrefix + (period is { } known ? Year(known) : "none"));

    public static string Audit(int version, string eventName) => Checked($"{Version(version)}|{SlugOf(eventName)}");

    /// <summary>The same explanation by the same person is one row.</summary>
    public static string AuditOfExplanation(string question, string text, string by) => Checked($"explanation|{SlugOf(question)}|{Hash($"{text}\n{by}")}");

    public static string AuditOfSent(string eventName, string path) => Checked($"{SlugOf(eventName)}|{Hash(path)}");

    /// <summary>A question is a hash already.</summary>
    public static string Question(string question) => Checked(SlugOf(question));

    public static string Decision(Period year) => Checked(DecisionPrefix + Year(year));

    /// <summary>Told twice it is one row.</summary>
    public static string AuditOfDecision(string eventName, string by, DateTimeOffset at) => Checked($"{SlugOf(eventName)}|{Hash($"{by}\n{at:O}")}");

    public static string AuditOfRelease(int number) => Checked(Release(number) + "|released");

    /// <summary><c>n00000003</c></summary>
    public static string Release(int number) => Checked("n" + Padded(number));

    /// <summary><c>agency/return/period/version/name</c> in the container of reports.</summary>
    public static string Report(ReturnKey key, int version, string name) =>
        $"{SlugOf(key.Return.Agency.Value)}/{SlugOf(key.Return.Name)}/{key.Period}/{Version(version)}/{SlugOf(name)}";

    public static string UnplacedReport(string uploadId) => $"{Unplaced}/{SlugOf(uploadId)}.json";

    /// <summary>Kept of a release, privately.</summary>
    public static string Record(int number, string name) => $"{Releases}/{Release(number)}/{name}";

    /// <summary>The text itself, when a table accepts it as a key; else an exception that says why not.</summary>
    public static string Checked(string key)
    {
        if (key.Length * sizeof(char) > Limits.MaxKeyBytes)
        {
            throw new StorageLimitException($"A key may be {Limits.MaxKeyBytes} bytes; this one is {key.Length * sizeof(char)}.");
        }

        foreach (var c in key)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                throw new StorageLimitException($"A key may not hold the character U+{(int)c:X4}.");
            }
        }

        return key;
    }

    private static string Padded(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return number.ToString("D8", CultureInfo.InvariantCulture);
    }

    private static string SlugOf(string text) =>
        Slug.IsValid(text) ? text : throw new StorageLimitException("A key is made of ids only: lower-case letters, digits, dots and hyphens.");

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));
}
