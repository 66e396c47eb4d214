namespace DasvPipeline.Portal.Api;

internal enum ApiKind
{
    Text,
    Number,
    Truth,
    Texts,
}

/// <summary>A parameter of an address, or a member of a body.</summary>
public sealed record ApiValue(string Name, string Description)
{
    public bool IsRequired { get; init; }

    internal ApiKind Kind { get; init; }
}

/// <summary>What an address under <c>/api</c> does.</summary>
/// <param name="Id">The name of the operation for generated clients.</param>
/// <param name="Result">What the response contains.</param>
public sealed record ApiOperation(string Id, string Summary, string Result)
{
    public IReadOnlyList<ApiValue> Query { get; init; } = [];

    public IReadOnlyList<ApiValue> Body { get; init; } = [];

    /// <summary>True if anyone may call it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>True for a POST, which needs a header that other sites cannot send.</summary>
    public bool ChangesSomething { get; init; }

    /// <summary>What each status code means, if it is not as for other addresses.</summary>
    public IReadOnlyDictionary<string, string>? Responses { get; init; }
}

/// <summary>The texts about each address under <c>/api</c>. A test compares them with the routes of the triggers.</summary>
internal static class ApiOperations
{
    private const string OtherMethod = "The address does not accept this method.";
    private const string Decision = "The message, and in a dry run what is open and the public text.";

    private static readonly ApiValue Year = new("year", "A financial year, for example 2019-20. Left out: the latest.");
    private static readonly ApiValue Format = new("format", "csv for a list as CSV. Left out: JSON.");
    private static readonly ApiValue YearInBody = new("year", "A financial year, for example 2019-20.") { IsRequired = true };
    private static readonly ApiValue Reason = new("reason", "The reason. It is published.");
    private static readonly ApiValue PublishAnyway = new("publishAnyway", "True to publish small numbers in the text.") { Kind = ApiKind.Truth };
    private static readonly ApiValue DryRun = new("dryRun", "True to change nothing, and see what would be done and published.") { Kind = ApiKind.Truth };
    private static readonly ApiValue Return = new("return", "The return, for example constabulary/domestic-abuse.") { IsRequired = true };
    private static readonly ApiValue ReturnPeriod = new("period", "A quarter or a year, for example 2019-20-Q1.") { IsRequired = true };
    private static readonly ApiValue Version = new("version", "The number of the version.") { Kind = ApiKind.Number };

    private static readonly Dictionary<string, ApiOperation> All = new(StringComparer.Ordinal)
    {
        ["api/health"] = new("getHealth", "Says whether the app is healthy.", "The parts and settings that do not work.")
        {
            IsPublic = true,
            Responses = new Dictionary<string, string> { ["200"] = "Everything works.", ["405"] = OtherMethod, ["503"] = "The parts and settings that do not work." },
        },
        ["api/openapi.json"] = new("getApiDescription", "Describes these addresses.", "This document.")
        {
            IsPublic = true,
            Responses = new Dictionary<string, string> { ["200"] = "This document.", ["405"] = OtherMethod },
        },
        ["api/status"] = Get("getStatus", "The board: the state of every return of a year.", Year with { Description = "A financial year, for example 2019-20. Left out: the newest in which something is to be done." }, Format),
        ["api/discrepancies"] = Get("getDiscrepancies", "The disagreements between the figures of a year.", Year, Format),
        ["api/headlines"] = Get("getHeadlines", "The current and the published headlines of a year.", Year, Format),
        ["api/chase"] = Get("getChaseList", "What agencies still have to send, with a reminder email.", Year, Format),
        ["api/chase.ics"] = Get("getDueDates", "The due dates of returns as a calendar.", Year),
        ["api/audit"] = Get("getAudit", "Who did what, when, and to which return or release, newest first.", new ApiValue("person", "The immutable id of an account."), new ApiValue("event", "The name of an event, for example waived."), new ApiValue("about", "An agency, a return, a year, publishing or catalogue."), new ApiValue("from", "The first day, for example 2020-06-01."), new ApiValue("to", "The last day."), Format),
        ["api/report"] = Get("getReport", "The findings in a return.", Return, ReturnPeriod, Version),
        ["api/annual-report"] = Get("getAnnualReport", "The annual report, the Key Headlines and the board paper of a year, as a zip. The board paper is not for the public.", Year),
        ["api/preview"] = Get("getPreview", "What publishing would change, what waits, and what is hidden and why.", Format),
        ["api/lineage"] = Get("getLineage", "The cells behind a headline.", new ApiValue("headline", "The id of the headline.") { IsRequired = true }, ReturnPeriod),
        ["api/verify-figures"] = Get("verifyFigures", "Compares the figures that releases are made from with the observations."),
        ["api/explanations"] = Post("explainQuery", "Saves why a queried figure is right.", Return, ReturnPeriod, new ApiValue("question", "The id of the query.") { IsRequired = true }, new ApiValue("explanation", "The explanation.") { IsRequired = true }),
        ["api/sign-off"] = Post("signOff", "Signs a year off: its current figures become final.", YearInBody, Reason, PublishAnyway, DryRun),
        ["api/re-open"] = Post("reopen", "Re-opens a year: its final figures stay published, under review.", YearInBody, Reason with { IsRequired = true }, PublishAnyway, DryRun),
        ["api/approve"] = Post("approve", "Approves the next announced release.", new ApiValue("note", "A note for readers."), PublishAnyway, DryRun),
        ["api/withdraw-approval"] = Post("withdrawApproval", "Withdraws the approval of the next release."),
        ["api/hold"] = Post("hold", "Holds publishing until the hold is released.", new ApiValue("reason", "The reason, which is not published.") { IsRequired = true }),
        ["api/release-hold"] = Post("releaseHold", "Releases the hold."),
        ["api/publish"] = Post("publish", "Publishes now. If releases are announced: a correction of one year, with a reason.", YearInBody with { IsRequired = false }, Reason, PublishAnyway, DryRun),
        ["api/take-down"] = Post("takeDown", "Removes a published release, and marks the gap in the history.", new ApiValue("release", "The number of the release.") { IsRequired = true, Kind = ApiKind.Number }, Reason with { IsRequired = true }, PublishAnyway, DryRun),
        ["api/withdraw"] = Post("withdraw", "Takes the figures of a return out at the next release.", Return, ReturnPeriod, Version, new ApiValue("reason", "The reason.") { IsRequired = true }),
        ["api/choose-version"] = Post("chooseVersion", "Uses an earlier version of a return again.", Return, ReturnPeriod, Version with { IsRequired = true }, new ApiValue("reason", "The reason.") { IsRequired = true }),
        ["api/nil-return"] = Post("stateNilReturn", "States that there was nothing to report: every count is 0.", Return, ReturnPeriod),
        ["api/arrange"] = Post("arrangeReturn", "Says that a return will be late. For the manager: also extends its due date, or waives it.", Return, ReturnPeriod, new ApiValue("kind", "late, extension or waiver.") { IsRequired = true }, new ApiValue("day", "The day on which it will come, or the new due date, for example 2019-08-15. A waiver has none."), new ApiValue("reason", "The reason. It is not published."), new ApiValue("undo", "True to undo it.") { Kind = ApiKind.Truth }),
        ["api/agency-figures"] = Get("getAgencyFigures", "The accepted figures of an agency over all periods, next to the published ones.", new ApiValue("agency", "The id of the agency.") { IsRequired = true }),
        ["api/receipt"] = Get("getReceipt", "The receipt of an accepted version, as a workbook (.xlsx).", Return, ReturnPeriod, Version with { IsRequired = true }),
        ["api/entry-form"] = Get("getEntryForm", "The figures that a return asks for, each with the text of the draft and the figure of the period before.", Return, ReturnPeriod),
        ["api/checked-files"] = Get("getCheckedFiles", "The files that were sent together, what was found in each, and for which returns its sheets seem to be.", new ApiValue("agency", "The id of the agency.") { IsRequired = true }, new ApiValue("batch", "The id that sendFiles returned.") { IsRequired = true }),
        ["api/send-files"] = Post("sendFiles", "Checks several files of an agency, or one with several returns, and sends those that would be accepted.", new ApiValue("agency", "The id of the agency.") { IsRequired = true }, new ApiValue("action", "check, choose or send.") { IsRequired = true }, new ApiValue("files", "To check: the content of each file in Base64, by its name. At most 30 files and 20 MB.") { Kind = ApiKind.Texts }, new ApiValue("batch", "To choose and send: the id that checking returned."), new ApiValue("number", "To choose: the number of the file.") { Kind = ApiKind.Number }, new ApiValue("returns", "To choose: the period of each return of the file, by the return.") { Kind = ApiKind.Texts }),
        ["api/enter-figures"] = Post("enterFigures", "Saves, checks or sends entered figures. They are sent as the filled-in form.", Return, ReturnPeriod, new ApiValue("action", "save, check, send or discard.") { IsRequired = true }, new ApiValue("figures", "The text of each figure by its key, as in getEntryForm.") { Kind = ApiKind.Texts }, new ApiValue("notes", "The note of each row, by the key of its first figure.") { Kind = ApiKind.Texts }, new ApiValue("seen", "The tag of the draft that you have read. Left out: there was no draft."), new ApiValue("answered", "The value of an answer with queries, to send the figures with them.")),
        ["api/messages"] = Get("getMessages", "The messages to agencies and the manager, newest first, and whether each went out."),
        ["api/message-contacts"] = Post("setMessageContact", "Says whether a contact of an agency wants messages.", new ApiValue("agency", "The id of the agency.") { IsRequired = true }, new ApiValue("address", "The e-mail address of the contact.") { IsRequired = true }, new ApiValue("wantsMessages", "True or false.") { IsRequired = true, Kind = ApiKind.Truth }),
        ["api/delete"] = Post("deleteFile", "Deletes the file of a version with every copy. This cannot be undone.", Return, ReturnPeriod, Version with { IsRequired = true }),
        ["api/move"] = Post("moveFile", "Moves a file to the return and the period that it belongs to.", Return, ReturnPeriod, Version with { IsRequired = true }),
        ["api/catalogue"] = Get("getCatalogue", "The files of the catalogue as a zip.", new ApiValue("version", "The number of a version. Left out: the live one.") { Kind = ApiKind.Number }),
        ["api/catalogue/versions"] = Get("getCatalogueVersions", "The versions of the catalogue, each with its person and reason."),
        ["api/catalogue/preview"] = Post("previewCatalogue", "Checks a changed catalogue, and says what it would change.", new ApiValue("zip", "The zip of its folder, in base64.") { IsRequired = true }),
        ["api/catalogue/apply"] = Post("applyCatalogue", "Makes a previewed catalogue live.", new ApiValue("hash", "The hash of the preview.") { IsRequired = true }, new ApiValue("live", "The number of the live version that the preview compared with.") { IsRequired = true, Kind = ApiKind.Number }, Reason with { IsRequired = true }, PublishAnyway),
        ["api/upload-links"] = Post("createUploadLink", "For an agency's program: an address for one new file.", Return, ReturnPeriod, new ApiValue("file", "The name of the file.") { IsRequired = true }),
        ["api/uploads/{token}"] = new("uploadFile", "Receives the file of an upload link, if storage is private.", "Nothing. The file is received.")
        {
            IsPublic = true,
            Responses = new Dictionary<string, string>
            {
                ["201"] = "The file is received.",
                ["403"] = "The link has expired or is incomplete.",
                ["409"] = "A file was already sent with this link.",
                ["413"] = "The file is too large.",
            },
            Query = [new ApiValue("token", "The token of the link, which is also the permission.") { IsRequired = true }],
        },
    };

    /// <summary>The routes that have a text.</summary>
    public static IEnumerable<string> Routes => All.Keys;

    /// <summary>Returns the text about a route. A route without a text is described by its name.</summary>
    public static ApiOperation Find(string route, string method) => All.GetValueOrDefault(route)
        ?? new ApiOperation(route.Replace('/', '-').Replace('.', '-'), $"The address {route}.", "The response.") { ChangesSomething = method == "post" };

    private static ApiOperation Get(string id, string summary, params IReadOnlyList<ApiValue> query) => new(id, summary, "The list or the object.") { Query = query };

    private static ApiOperation Post(string id, string summary, params IReadOnlyList<ApiValue> body) => new(id, summary, Decision) { Body = body, ChangesSomething = true };
}
