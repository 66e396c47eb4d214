using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Lets a program send several files at once, or one file with several returns, with the same checks and limits as the page.</summary>
public sealed class SeveralFilesEndpoint(PartnershipCatalogue catalogue, SendSeveralFiles several, CallerReader callers, FileLimits limits)
{
    /// <summary>The maximum size of all files of one request, in bytes. Base64 makes them a third larger.</summary>
    private const int MaxBytes = 20 * 1024 * 1024;
    private const int MaxBodyBytes = (MaxBytes / 3 * 4) + (64 * 1024);
    private const string Help = """Send JSON: {"agency":"idva-service","action":"check","files":{"marac.xlsx":"base64"}}, {"agency":"idva-service","action":"choose","batch":"id","number":0,"returns":{"idva-service/marac":"2019-20-Q1"}} or {"agency":"idva-service","action":"send","batch":"id"}.""";

    /// <summary>Lists the files of a batch, with what was found in each.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var agency = new AgencyId(request.Query["agency"].ToString());
        return Refuse(request, agency, out _) ?? await ShowAsync(agency, request.Query["batch"].ToString(), message: null, ct);
    }

    /// <summary>Checks files, chooses the returns of one, or sends those that would be accepted.</summary>
    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is null)
        {
            return NotSignedIn(request);
        }

        if (ErrorResults.CheckHeader(request) is { } missing)
        {
            return missing;
        }

        if (await JsonBody.ReadAsync(request, PortalJson.Default.SeveralFilesBody, ct, MaxBodyBytes) is not { Agency: { } name } body)
        {
            return ErrorResults.BadRequest(Help);
        }

        var agency = new AgencyId(name);
        if (Refuse(request, agency, out var caller) is { } refusal)
        {
            return refusal;
        }

        switch (body.Action)
        {
            case "check":
                return await CheckAsync(request, agency, caller!, body.Files ?? new Dictionary<string, string>(), ct);
            // A return that is left out would not be sent, and nobody would notice.
            case "choose" when body.Returns?.FirstOrDefault(item => ParseKey(item) is null) is { Key: not null } wrong:
                return ErrorResults.BadRequest($"\"{wrong.Key}\": \"{wrong.Value}\" is not a return with a period. For example: \"idva-service/marac\": \"2019-20-Q1\".");
            case "choose" when body is { Batch: { } batch, Number: { } number }:
                var outcome = await several.ChooseAsync(agency, batch, number, [.. (body.Returns ?? []).Select(ParseKey).OfType<ReturnKey>()], ct);
                return outcome.IsDone ? await ShowAsync(agency, batch, outcome.Message, ct) : Results.Problem(statusCode: StatusCodes.Status409Conflict, title: outcome.Message);
            case "send" when body.Batch is { } batch:
                var count = await several.SendAsync(agency, batch, caller!.Person, ct);
                return await ShowAsync(agency, batch, count == 0 ? "Nothing was sent. These files were sent before, or have things to fix." : $"We have received {Plural.Format(count, "file")}.", ct);
            default:
                return ErrorResults.BadRequest(Help);
        }
    }

    private async Task<IResult> CheckAsync(HttpRequest request, AgencyId agency, Caller caller, Dictionary<string, string> sent, CancellationToken ct)
    {
        var files = new List<ArrivedFile>();
        foreach (var (name, text) in sent)
        {
            var content = new byte[(text.Length / 4 * 3) + 3];
            if (name.Length == 0 || !Convert.TryFromBase64String(text, content, out var length) || length == 0)
            {
                return ErrorResults.BadRequest("Each file needs a name, and its content in Base64.");
            }

            files.Add(new ArrivedFile(name, content.AsMemory(0, length)));
        }

        if (files.Count is 0 or > SendSeveralFiles.MaxFiles)
        {
            return ErrorResults.BadRequest(FormattableString.Invariant($"Send 1 to {SendSeveralFiles.MaxFiles} files."));
        }

        if (files.Exists(file => file.Content.Length > SendReturn.MaxFileBytes) || files.Sum(file => (long)file.Content.Length) > MaxBytes)
        {
            return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, title: SendPages.TooLarge);
        }

        if (files.Exists(_ => !limits.TryTake(caller)))
        {
            request.HttpContext.Response.Headers.RetryAfter = FileLimits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: FileLimits.TooMany);
        }

        return await ShowAsync(agency, await several.CheckAsync(agency, files, caller.CanChange, ct), "We have checked the files. Nothing was sent yet.", ct);
    }

    private async Task<IResult> ShowAsync(AgencyId agency, string batch, string? message, CancellationToken ct) => await several.FindAsync(agency, batch, ct) is not { } entries
        ? ErrorResults.NotFound("We keep files for a day. Send them again.")
        : Results.Json(new SeveralFilesAnswer(batch, message, [.. entries.Select(Describe)]), PortalJson.Default.SeveralFilesAnswer);

    private static SeveralFilesElement Describe(BatchEntry entry)
    {
        var (item, file) = (entry.Item, entry.Checked);
        var counts = file is null ? null : CheckedPages.ReportOf(file).Counts;
        var status = file switch
        {
            null => !item.IsKept ? "refused" : item.Key is null ? "to-choose" : "gone",
            { SentTo: not null } => "sent",
            { Content: null } => "refused",
            _ => CheckThenSend.WouldBeAccepted(file) ? "would-be-accepted" : "would-be-rejected",
        };
        return new SeveralFilesElement(
            item.Number, item.FileName, item.Key?.Return.ToString(), item.Key?.Period.ToString(), status, file?.SentTo?.Version, counts?.Errors, counts?.Queries, item.Problem,
            [.. item.Sheets.Select(sheet => new SeveralFilesSheet(sheet.Name, [.. sheet.Keys.Select(key => new SeveralFilesReturn(key.Return.ToString(), key.Period.ToString()))]))]);
    }

    private IResult? Refuse(HttpRequest request, AgencyId agency, out Caller? caller)
    {
        caller = callers.GetCaller(request);
        return caller is null ? NotSignedIn(request)
            : !caller.CanChange(agency) ? Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, agency))
            : !catalogue.Agencies.ContainsKey(agency) ? ErrorResults.NotFound("This agency does not exist.")
            : null;
    }

    private static IResult NotSignedIn(HttpRequest request) => ErrorResults.NotSignedIn(request, "Sign in as the manager, or as this agency.");

    private static ReturnKey? ParseKey(KeyValuePair<string, string> item) =>
        ReturnId.TryParse(item.Key) is { } id && Period.TryParse(item.Value, out var period) ? new ReturnKey(id, period) : null;
}

/// <param name="Files">The content of each file in Base64, by its name.</param>
/// <param name="Returns">The period of each return that was chosen, by the return.</param>
internal sealed record SeveralFilesBody(string? Agency, string? Action, Dictionary<string, string>? Files, string? Batch, int? Number, Dictionary<string, string>? Returns);

internal sealed record SeveralFilesAnswer(string Batch, string? Message, IReadOnlyList<SeveralFilesElement> Files);

/// <param name="Status">to-choose, would-be-accepted, would-be-rejected, refused (it has personal data), sent or gone.</param>
internal sealed record SeveralFilesElement(
    int Number, string File, string? Return, string? Period, string Status, int? Version, int? Errors, int? Queries, string? Problem, IReadOnlyList<SeveralFilesSheet> Sheets);

/// <param name="Returns">The returns for which the sheet seems to be. Empty if it belongs to none.</param>
internal sealed record SeveralFilesSheet(string Name, IReadOnlyList<SeveralFilesReturn> Returns);

internal sealed record SeveralFilesReturn(string Return, string Period);
