using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// Creates every partition key and row key, using only slugs, periods, numbers and SHA-256. Text that
/// a person typed (a path or a file name) is only used as a hash.
/// </summary>
internal static class Keys
{
    /// <summary>
    /// The only partition of the ledger's table. It holds everything that changes together when a return changes, so that one
    /// transaction changes it: the board, the submissions, the uploads in progress, the files with personal data, and the publish queue.
    /// </summary>
    public const string Ledger = "ledger";

    public const string Releases = "releases";
    public const string Unrouted = "unplaced";

    /// <summary>The audit's partition for events about publishing as a whole.</summary>
    public const string Publication = "publication";

    /// <summary>The only partition of the table of members.</summary>
    public const string Members = "members";

    /// <summary>Row key of the id of this store.</summary>
    public const string Store = "store";

    private const string BoardPrefix = "board|";
    private const string ReturnPrefix = "return|";
    private const string WaitingPrefix = "waiting|";
    private const string PublishPrefix = "publish|";
    private const string ChangePrefix = PublishPrefix + "change|";
    private const string AuditPrefix = "audit|";
    private const string PeoplePrefix = "waiting-deletion|";
    private const string MemberPrefix = "member|";

    public const string CurrentRelease = PublishPrefix + "current";
    public const string Hold = PublishPrefix + "hold";
    public const string Approval = PublishPrefix + "approval";
    public const string DecisionPrefix = PublishPrefix + "decision|";

    /// <summary>Row key of the day on which the container was last compared. It is read with the uploads in progress.</summary>
    public const string Compared = WaitingPrefix + "compared";

    /// <summary>The rows of the publish queue, the decisions and the current release.</summary>
    public static readonly (string From, string Before) PublishRange = RangeOf(PublishPrefix);

    /// <summary>The rows of the uploads in progress, after those of the files with personal data.</summary>
    public static readonly (string From, string Before) WaitingRange = (PeoplePrefix, RangeOf(WaitingPrefix).Before);

    /// <summary>The rows of the files with personal data that are still stored.</summary>
    public static readonly (string From, string Before) PeopleRange = RangeOf(PeoplePrefix);

    /// <summary>The rows of all memberships, without their audit.</summary>
    public static readonly (string From, string Before) MemberRange = RangeOf(MemberPrefix);

    /// <summary>The rows of all returns: their heads and their submissions.</summary>
    public static readonly (string From, string Before) AllReturns = RangeOf(ReturnPrefix);

    public static string Board(ReturnKey key) => EnsureValid($"{BoardPrefix}{Year(key.Period)}|{Return(key)}");

    public static (string From, string Before) BoardRangeOf(Period year) => RangeOf($"{BoardPrefix}{Year(year)}|");

    /// <summary>The rows of the board up to the end of a year.</summary>
    public static (string From, string Before) BoardRangeUntil(Period year) => (BoardPrefix, BoardRangeOf(year).Before);

    public static ReturnKey ParseBoard(string key) => ParseReturn(key[(key.IndexOf('|', BoardPrefix.Length) + 1)..]);

    /// <summary>Creates the key of the row that guards all changes of a return.</summary>
    public static string Head(ReturnKey key) => EnsureValid($"{ReturnPrefix}{Return(key)}|head");

    public static bool IsHead(string key) => key.EndsWith("|head", StringComparison.Ordinal);

    public static string Submission(ReturnKey key, int version) => EnsureValid($"{ReturnPrefix}{ReturnVersion(key, version)}");

    /// <summary>The rows of a return and period: its head and its submissions.</summary>
    public static (string From, string Before) ReturnRange(ReturnKey key) => RangeOf($"{ReturnPrefix}{Return(key)}|");

    /// <summary>The rows of all periods of a return.</summary>
    public static (string From, string Before) ReturnRange(ReturnId id) => RangeOf($"{ReturnPrefix}{SlugOf(id.Agency.Value)}|{SlugOf(id.Name)}|");

    /// <summary>The rows of all returns of an agency.</summary>
    public static (string From, string Before) ReturnRange(AgencyId agency) => RangeOf($"{ReturnPrefix}{SlugOf(agency.Value)}|");

    /// <summary>Parses the key of a head or a submission.</summary>
    public static ReturnKey ParseReturnRow(string key) => ParseReturn(key[ReturnPrefix.Length..]);

    public static int ParseSubmissionVersion(string key) => int.Parse(key.AsSpan(key.LastIndexOf('|') + 2), NumberStyles.None, CultureInfo.InvariantCulture);

    public static string Waiting(ReturnKey key, int version) => EnsureValid($"{WaitingPrefix}{ReturnVersion(key, version)}");

    public static ReturnKey ParseWaiting(string key) => ParseReturn(key[WaitingPrefix.Length..]);

    public static string People(ReturnKey key, int version) => EnsureValid($"{PeoplePrefix}{ReturnVersion(key, version)}");

    public static bool IsPeople(string key) => key.StartsWith(PeoplePrefix, StringComparison.Ordinal);

    public static ReturnKey ParsePeople(string key) => ParseReturn(key[PeoplePrefix.Length..]);

    public static string Change(ReturnKey key, int version) => EnsureValid($"{ChangePrefix}{ReturnVersion(key, version)}");

    public static ReturnKey ParseChange(string key) => ParseReturn(key[ChangePrefix.Length..]);

    public static bool IsChange(string key) => key.StartsWith(ChangePrefix, StringComparison.Ordinal);

    public static string ReturnAudit(ReturnKey key, int version, string eventName) => EnsureValid($"{AuditPrefix}{Return(key)}|{Audit(version, eventName)}");

    /// <summary>Creates the key of the audit of a statement about a return, which can be made again later.</summary>
    public static string StatementAudit(ReturnKey key, string eventName, string by, DateTimeOffset at) => EnsureValid($"{AuditPrefix}{Return(key)}|{DecisionAudit(eventName, by, at)}");

    public static (string From, string Before) ReturnAuditRange(ReturnKey key) => RangeOf($"{AuditPrefix}{Return(key)}|");

    /// <summary>The rows of the audit, in each table that has it.</summary>
    public static readonly (string From, string Before) AuditRange = RangeOf(AuditPrefix);

    /// <summary>Parses the key of the audit of a return in the ledger's table.</summary>
    public static ReturnKey ParseReturnAudit(string key) => ParseReturn(key[AuditPrefix.Length..]);

    /// <summary>Creates the key of a processed upload whose path names no return.</summary>
    public static string ProcessedUnrouted(Upload upload) => EnsureValid($"unrouted|{UploadId(upload)}");

    /// <summary>Identifies an upload by its path and number, or by its path and ETag while it has no number.</summary>
    public static string UploadId(Upload upload) => upload.Mark is { } mark ? UploadId(upload.Path, mark.Number) : UploadId(upload.Path, upload.ETag);

    public static string UploadId(string path, int number) => Hash(string.Create(CultureInfo.InvariantCulture, $"{path}\n#{number}"));

    public static string UploadId(string path, string etag) => Hash($"{path}\n{etag}");

    public static string PathId(string path) => Hash(path);

    /// <summary>Creates the token with which a blob is marked as processed. Only this store knows its id.</summary>
    public static string ProcessedToken(string storeId, string path) => Hash($"{storeId}\n{path}");

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string Return(ReturnKey key) =>
        EnsureValid($"{SlugOf(key.Return.Agency.Value)}|{SlugOf(key.Return.Name)}|{key.Period}");

    public static ReturnKey ParseReturn(string text) => text.Split('|') is [var agency, var name, var period, ..]
        ? new(new(new(agency), name), Period.Parse(period))
        : throw new FormatException("The key of a return must be agency|return|period.");

    /// <summary>Creates a key such as <c>v00000012</c>, which sorts by number.</summary>
    public static string Version(int version) => EnsureValid("v" + Padded(version));

    /// <summary>Creates the key of the audit of a person's choice of a version, which can be made again later.</summary>
    public static string ChoiceAudit(int version, string by, DateTimeOffset at) => EnsureValid($"{Version(version)}|chosen|{Hash($"{by}\n{at:O}")}");

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

    public static string Audit(int version, string eventName) => EnsureValid($"{Version(version)}|{SlugOf(eventName)}");

    /// <summary>Creates the key of an explanation's audit. The same explanation by the same person gives one row.</summary>
    public static string ExplanationAudit(string question, string text, string by) => EnsureValid($"explanation|{SlugOf(question)}|{Hash($"{text}\n{by}")}");

    public static string SentAudit(string eventName, string path) => EnsureValid($"{SlugOf(eventName)}|{Hash(path)}");

    /// <summary>Creates the key of a question, which is already a hash.</summary>
    public static string Question(string question) => EnsureValid(SlugOf(question));

    public static string Decision(Period year) => EnsureValid(DecisionPrefix + Year(year));

    /// <summary>Creates the key of a decision's audit. A repeated event gives one row.</summary>
    public static string DecisionAudit(string eventName, string by, DateTimeOffset at) => EnsureValid($"{SlugOf(eventName)}|{Hash($"{by}\n{at:O}")}");

    public static string ReleaseAudit(int number) => EnsureValid(Release(number) + "|released");

    public static string TakeDownAudit(int number, string by, DateTimeOffset at) => EnsureValid($"{Release(number)}|taken-down|{Hash($"{by}\n{at:O}")}");

    /// <summary>Creates the key of the membership of an account in an agency.</summary>
    public static string Member(AgencyId agency, string person) => EnsureValid($"{MemberPrefix}{SlugOf(agency.Value)}|{Hash(person)}");

    /// <summary>Creates the key of the audit of a change of a membership. The same change by the same person gives one row.</summary>
    public static string MemberAudit(AgencyId agency, string person, string by, DateTimeOffset at) =>
        EnsureValid($"{AuditPrefix}{SlugOf(agency.Value)}|{Hash(person)}|{Hash($"{by}\n{at:O}")}");

    /// <summary>The only partition of the table of messages.</summary>
    public const string Messages = "messages";

    private const string MessagePrefix = "message|";
    private const string UnsettledPrefix = "unsettled|";
    private const string OptOutPrefix = "opt-out|";

    /// <summary>The rows of all messages, settled or not.</summary>
    public static readonly (string From, string Before) MessageRange = RangeOf(MessagePrefix);

    /// <summary>The rows of the messages that are not settled.</summary>
    public static readonly (string From, string Before) UnsettledRange = RangeOf(UnsettledPrefix);

    /// <summary>The rows of the contacts that do not want messages.</summary>
    public static readonly (string From, string Before) OptOutRange = RangeOf(OptOutPrefix);

    public static string Message(string id) => EnsureValid(MessagePrefix + SlugOf(id));

    public static string Unsettled(string id) => EnsureValid(UnsettledPrefix + SlugOf(id));

    public static string ParseUnsettled(string key) => key[UnsettledPrefix.Length..];

    public static string OptOut(AgencyId agency, string address) => EnsureValid($"{OptOutPrefix}{SlugOf(agency.Value)}|{Hash(address)}");

    /// <summary>Creates the key of the audit of a change of an opt-out.</summary>
    public static string OptOutAudit(AgencyId agency, string address, string by, DateTimeOffset at) =>
        EnsureValid($"{AuditPrefix}{SlugOf(agency.Value)}|{Hash(address)}|{Hash($"{by}\n{at:O}")}");

    /// <summary>Creates a key such as <c>n00000003</c>.</summary>
    public static string Release(int number) => EnsureValid("n" + Padded(number));

    /// <summary>The partition of the audit of the catalogue, and the folder of its blobs.</summary>
    public const string Catalogue = "catalogue";

    public static string CatalogueAudit(int number, string hash) => EnsureValid($"{Version(number)}.{hash}");

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

    /// <summary>Returns the first key with a prefix that ends with a bar, and the key after the last.</summary>
    private static (string From, string Before) RangeOf(string prefix) => (prefix, prefix[..^1] + '}');

    private static string Padded(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return number.ToString("D8", CultureInfo.InvariantCulture);
    }

    public static string SlugOf(string text) =>
        Slug.IsValid(text) ? text : throw new StorageLimitException("A key can contain only ids: lower-case letters, digits, dots and hyphens.");

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));
}
