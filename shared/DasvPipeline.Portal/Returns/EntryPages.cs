using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The page on which an agency enters the figures of a return, instead of sending a file.</summary>
public sealed class EntryPages(PageHandler pages, PartnershipCatalogue catalogue, EnterFigures enter, FlashMessages messages, TimeProvider clock)
{
    internal const string FigurePrefix = "figure:";
    internal const string NotePrefix = "note:";

    /// <summary>The maximum bytes of the entered texts, in the encoding of a form.</summary>
    private const int MaxTextBytes = 256 * 1024;

    private const string Checked = "checked";

    private static readonly Dictionary<string, EntryAction> Actions = new(StringComparer.Ordinal)
    {
        ["save"] = EntryAction.Save,
        ["check"] = EntryAction.Check,
        ["send"] = EntryAction.Send,
    };

    /// <summary>Returns the action with this word in forms and bodies; null if no action has it.</summary>
    internal static EntryAction? ParseAction(string? word) => word is not null && Actions.TryGetValue(word, out var action) ? action : null;

    public Task<IResult> GetAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) => pages.ShowAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        async context =>
        {
            var place = ReturnRoute.Parse(catalogue, agency, name, period);
            if (FindProblem(context, place) is { } problem)
            {
                return problem;
            }

            var sheet = await enter.ReadAsync(place.Form!, place.Key, ct);
            var isChecked = request.Query.ContainsKey(Checked) && sheet.Unsent is not null;
            return Render(context, sheet, isChecked ? await enter.CheckAsync(sheet, ct) : [], request, isChecked: isChecked);
        });

    public Task<IResult> PostAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        MaxTextBytes,
        context => Task.FromResult(PageHandler.Problem(context, StatusCodes.Status413PayloadTooLarge, "Your text is too long", "Go back, shorten your notes, and send the figures again.")),
        async (context, fields) =>
        {
            var place = ReturnRoute.Parse(catalogue, agency, name, period);
            if (FindProblem(context, place) is { } problem)
            {
                return problem;
            }

            var (key, by, seen, word) = (place.Key, context.Caller!.Person, TextOf(fields, "seen"), fields["do"].ToString());
            if (word == "discard")
            {
                var outcome = await enter.DiscardAsync(key, seen, by, ct);
                return outcome.IsDone
                    ? messages.RedirectWithMessage(request, ReturnAddress.Create(key), outcome.Message)
                    : PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was deleted", outcome.Message);
            }

            if (ParseAction(word) is not { } action)
            {
                return PageHandler.Problem(context, StatusCodes.Status400BadRequest, "Nothing was saved or sent", "Go back, reload the page, and choose what to do.");
            }

            var texts = new EntryTexts(Read(fields, FigurePrefix), Read(fields, NotePrefix));
            var result = await enter.RunAsync(action, place.Form!, key, texts, seen, TextOf(fields, "answered"), by, ct);
            return result.Status switch
            {
                EntryStatus.Saved => messages.RedirectWithMessage(request, ReturnAddress.CreateEntry(key), "Your figures are saved here. They are not sent yet."),
                EntryStatus.HasFindings => PageHandler.SeeOther(request, $"{ReturnAddress.CreateEntry(key)}?{Checked}=yes"),
                EntryStatus.Sent when result.Version > 0 => PageHandler.SeeOther(request, ReturnAddress.Create(key, result.Version)),
                EntryStatus.Sent => messages.RedirectWithMessage(request, ReturnAddress.Create(key), "We have received your figures. We are checking them now."),
                EntryStatus.AlreadySent => messages.RedirectWithMessage(request, ReturnAddress.Create(key, result.Version), "You have already sent these figures. Nothing has changed."),
                EntryStatus.Conflict => await ConflictAsync(context, place.Form!, key, texts, request, ct),
                _ => Render(context, await enter.ReadAsync(place.Form!, key, ct) with { Texts = texts }, result.Findings, request, seen: seen),
            };
        },
        ct);

    /// <summary>Shows the entered figures next to those that somebody else has saved or sent.</summary>
    private async Task<IResult> ConflictAsync(PageContext context, Form form, ReturnKey key, EntryTexts entered, HttpRequest request, CancellationToken ct)
    {
        var theirs = await enter.ReadAsync(form, key, ct);
        return Render(context, theirs with { Texts = entered }, [], request, theirs: theirs);
    }

    private IResult? FindProblem(PageContext context, ReturnRoute place) =>
        place.Form is not { } form ? PageHandler.NotFound(context, place.Problem!)
        : !EnterFigures.IsOffered(form) ? PageHandler.NotFound(context, "This return has too many figures for a page. Go back, and use the form.")
        : UploadPath.CheckHasEnded(place.Key.Period, clock.Today()) is { } tooEarly ? PageHandler.Problem(context, StatusCodes.Status409Conflict, "You cannot send this return yet", tooEarly.Message)
        : null;

    /// <param name="theirs">What somebody else has saved in the meantime; null if nobody has.</param>
    /// <param name="seen">The tag of the draft that the person has seen, if it is not the stored one.</param>
    private IResult Render(
        PageContext context, EntrySheet sheet, IReadOnlyList<EntryFinding> findings, HttpRequest request, bool isChecked = false, EntrySheet? theirs = null, string? seen = null) => PageHandler.Render(
        new EntryPage
        {
            PageContext = context,
            Sheet = sheet,
            AgencyName = catalogue.GetAgencyName(sheet.Key.Return.Agency),
            Findings = findings,
            IsChecked = isChecked,
            Theirs = theirs,
            Seen = seen ?? sheet.Stored?.Tag,
            Message = messages.GetMessage(request),
        },
        theirs is not null ? StatusCodes.Status409Conflict : HttpMethods.IsPost(request.Method) ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static string? TextOf(IFormCollection fields, string name) => fields[name].ToString() is { Length: > 0 } text ? text : null;

    private static Dictionary<string, string> Read(IFormCollection fields, string prefix) => fields
        .Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(field => field.Key[prefix.Length..], field => field.Value.ToString(), StringComparer.Ordinal);
}
