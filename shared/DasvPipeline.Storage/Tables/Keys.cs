using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// Creates every partition key, row key and private blob name, using only slugs, periods, numbers and SHA-256. Text that
/// a person typed (a path or a file name) is only used as a hash.
/// </summary>
internal static class Keys
{
    public const string Pending = "pending";
    public const string Releases = "releases";
    public const string CurrentRelease = "current";
    public const string Unrouted = "unplaced";

    /// <summary>Row key of the hold, in the partition of the publish queue. Decisions are in the same partition.</summary>
    public const string Hold = "hold";
    public const string DecisionPrefix = "decision|";

    /// <summary>The audit's partition for events about publishing as a whole.</summary>
    public const string Publication = "publication";

    private const string AcceptedContentPrefix = "contents|";

    private const string HandledPrefix = "uploads|";

    /// <summary>Identifies an upload by its path and number, or by its path and ETag while it has no number.</summary>
    public static string UploadId(Upload upload) => upload.Mark is { } mark ? Hash(string.Create(CultureInfo.InvariantCulture, $"{upload.Path}\n#{mark.Number}")) : UploadId(upload.Path, upload.ETag);

    public static string UploadId(string path, string etag) => Hash($"{path}\n{etag}");

    public static string PathId(string path) => Hash(path);

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string Return(ReturnKey key) =>
        EnsureValid($"{SlugOf(key.Return.Agency.Value)}|{SlugOf(key.Return.Name)}|{key.Period}");

    public static ReturnKey ParseReturn(string text) => text.Split('|') is [var agency, var name, var period, ..]
        ? new(new(new(agency), name), Period.Parse(period))
        : throw new FormatException("The key of a return must be agency|return|period.");

    /// <summary>Creates a key such as <c>v00000012</c>, which sorts by number.</summary>
    public static string Version(int version) => EnsureValid("v" + Padded(version));

    /// <summary>Returns the partition of the contents that were accepted for any period of a return.</summary>
    public static string AcceptedContents(ReturnId id) => EnsureValid($"{AcceptedContentPrefix}{SlugOf(id.Agency.Value)}|{SlugOf(id.Name)}");

    public static string AcceptedContent(string contentHash, Period period) => EnsureValid($"{SlugOf(contentHash)}|{period}");

    /// <summary>Returns the first key, and the key after the last, of the periods for which a content was accepted.</summary>
    public static (string From, string Before) AcceptedContentRange(string contentHash) => (SlugOf(contentHash) + "|", SlugOf(contentHash) + "}");

    public static Period ParseAcceptedContent(string key) => Period.Parse(key[(key.IndexOf('|', StringComparison.Ordinal) + 1)..]);

    /// <summary>Creates the key of the audit of a person's choice of a version, which can be made again later.</summary>
    public static string ChoiceAudit(int version, string by, DateTimeOffset at) => EnsureValid($"{Version(version)}|chosen|{Hash($"{by}\n{at:O}")}");

    public static int ParseVersion(string text) => int.Parse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    public static string ReturnVersion(ReturnKey key, int version) => EnsureValid($"{Return(key)}|{Version(version)}");

    public static string Figure(FigureKey key)
    {
        foreach (var code in key.Breakdown.Codes())
        {
            SlugOf(code.Key);
            SlugOf(code.Value);
        }

        return EnsureValid($"{SlugOf(key.Measure.Value)}|{SlugOf(key.Area.Value)}|{key.Breakdown}");
    }

    public static string Year(Period year) => EnsureValid(year.Year.ToString());

    /// <summary>Returns the partition of processed uploads: one for each year, and one for paths without a period.</summary>
    public static string ProcessedUploads(Period? period) =>
        EnsureValid(HandledPrefix + (period is { } known ? Year(known) : "none"));

    public static string Audit(int version, string eventName) => EnsureValid($"{Version(version)}|{SlugOf(eventName)}");

    /// <summary>Creates the key of an explanation's audit. The same explanation by the same person gives one row.</summary>
    public static string ExplanationAudit(string question, string text, string by) => EnsureValid($"explanation|{SlugOf(question)}|{Hash($"{text}\n{by}")}");

    public static string SentAudit(string eventName, string path) => EnsureValid($"{SlugOf(eventName)}|{Hash(path)}");

    /// <summary>Creates the key of a question, which is already a hash.</summary>
    public static string Question(string question) => EnsureValid(SlugOf(question));

    /// <summary>The first partition of a year in the ledger, and the key after the last. Other partitions of that table start with letters.</summary>
    public static readonly (string From, string Before) Years = ("0", ":");

    public static string Decision(Period year) => EnsureValid(DecisionPrefix + Year(year));

    /// <summary>Creates the key of a decision's audit. A repeated event gives one row.</summary>
    public static string DecisionAudit(string eventName, string by, DateTimeOffset at) => EnsureValid($"{SlugOf(eventName)}|{Hash($"{by}\n{at:O}")}");

    public static string ReleaseAudit(int number) => EnsureValid(Release(number) + "|released");

    /// <summary>Creates a key such as <c>n00000003</c>.</summary>
    public static string Release(int number) => EnsureValid("n" + Padded(number));

    /// <summary>Creates the blob name <c>agency/return/period/version/name</c> in the container of reports.</summary>
    public static string Report(ReturnKey key, int version, string name) =>
        $"{SlugOf(key.Return.Agency.Value)}/{SlugOf(key.Return.Name)}/{key.Period}/{Version(version)}/{SlugOf(name)}";

    public static string UnroutedReport(string uploadId) => $"{Unrouted}/{SlugOf(uploadId)}.json";

    /// <summary>Creates the blob name of a private record of a release.</summary>
    public static string Record(int number) => $"{Releases}/{Release(number)}/release.json";

    /// <summary>Creates the blob name of the private record of a year.</summary>
    public static string YearRecord(Period year) => $"years/{Year(year)}.json";

    /// <summary>Returns the key if table storage accepts it; otherwise throws an exception that says why not.</summary>
    public static string EnsureValid(string key)
    {
        if (key.Length * sizeof(char) > Limits.MaxKeyBytes)
        {
            throw new StorageLimitException($"A key can have at most {Limits.MaxKeyBytes} bytes. This one has {key.Length * sizeof(char)}.");
        }

        foreach (var c in key)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                throw new StorageLimitException($"A key cannot contain the character U+{(int)c:X4}.");
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
        Slug.IsValid(text) ? text : throw new StorageLimitException("A key can contain only ids: lower-case letters, digits, dots and hyphens.");

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));
}
