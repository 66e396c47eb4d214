using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The pages on which an agency states a nil return or that a return will be late, and the manager extends or waives it.</summary>
public sealed class ArrangementPages(
    PageHandler pages, PartnershipCatalogue catalogue, DescribeStatus status, ArrangeReturn arrange, StateNilReturn nil, FlashMessages messages)
{
    public const string Undo = "undo";

    private static readonly string[] Formats = ["yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy", "d/M/yyyy", "d.M.yyyy"];

    private static readonly Dictionary<string, ArrangementKind> Words = new(StringComparer.Ordinal)
    {
        ["late"] = ArrangementKind.Late,
        ["extension"] = ArrangementKind.Extension,
        ["waiver"] = ArrangementKind.Waiver,
    };

    public static string GetWord(ArrangementKind kind) => Words.Single(word => word.Value == kind).Key;

    /// <summary>Returns the kind with this word in addresses and bodies; null if no kind has it.</summary>
    public static ArrangementKind? ParseKind(string? word) => word is not null && Words.TryGetValue(word, out var kind) ? kind : null;

    /// <summary>Returns true if the caller may arrange this: an agency says that it is late, and only the manager extends and waives.</summary>
    public static bool MayArrange(Caller caller, ArrangementKind kind, AgencyId agency) => kind == ArrangementKind.Late ? caller.CanChange(agency) : caller.IsManager;

    /// <summary>Parses a day as people in the United Kingdom write it, or as programs do.</summary>
    public static DateOnly? ParseDay(string? text) => DateOnly.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Asks whether there was nothing to report, and shows what a nil return says.</summary>
    public Task<IResult> GetNilReturnAsync(HttpRequest request, string agency, string name, string period) => pages.ShowAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        context => Task.FromResult(ReturnRoute.Parse(catalogue, agency, name, period) is { Form: { } form } place
            ? PageHandler.Render(new NilReturnPage { PageContext = context, Form = form, Key = place.Key })
            : PageHandler.NotFound(context, "This return does not exist.")));

    public Task<IResult> PostNilReturnAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        async (context, _) =>
        {
            if (ReturnRoute.Parse(catalogue, agency, name, period) is not { Form: not null } place)
            {
                return PageHandler.NotFound(context, "This return does not exist.");
            }

            var (outcome, version) = await nil.RunAsync(place.Key, context.Caller!.Person, ct);
            return outcome.IsDone
                ? messages.RedirectWithMessage(request, version > 0 ? ReturnAddress.Create(place.Key, version) : ReturnAddress.Create(place.Key), outcome.Message)
                : PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was sent", string.Join(' ', outcome.Obstacles.Prepend(outcome.Message)));
        },
        ct);

    public Task<IResult> GetAsync(HttpRequest request, string agency, string name, string period, string word, CancellationToken ct) => pages.ShowAsync(
        request,
        caller => MayArrange(caller, ParseKind(word) ?? ArrangementKind.Late, new AgencyId(agency)),
        context => ShowAsync(context, ReturnRoute.Parse(catalogue, agency, name, period), word, null, null, null, ct));

    public Task<IResult> PostAsync(HttpRequest request, string agency, string name, string period, string word, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => MayArrange(caller, ParseKind(word) ?? ArrangementKind.Late, new AgencyId(agency)),
        async (context, fields) =>
        {
            var place = ReturnRoute.Parse(catalogue, agency, name, period);
            if (place.Form is null || ParseKind(word) is not { } kind)
            {
                return PageHandler.NotFound(context, "This page does not exist.");
            }

            var (day, reason) = (fields["day"].ToString(), fields["reason"].ToString());
            var outcome = fields["do"] == Undo
                ? await arrange.UndoAsync(kind, place.Key, context.Caller!.Person, ct)
                : await arrange.RunAsync(kind, place.Key, ParseDay(day), reason, context.Caller!.Person, ct);
            return outcome.IsDone
                ? messages.RedirectWithMessage(request, ReturnAddress.Create(place.Key), outcome.Message)
                : await ShowAsync(context, place, word, outcome, day, reason, ct);
        },
        ct);

    private async Task<IResult> ShowAsync(PageContext context, ReturnRoute place, string word, Outcome? refused, string? day, string? reason, CancellationToken ct) =>
        place.Form is not { } form || ParseKind(word) is not { } kind ? PageHandler.NotFound(context, "This page does not exist.") : PageHandler.Render(
            new ArrangementPage
            {
                PageContext = context,
                Form = form,
                Key = place.Key,
                Kind = kind,
                Row = await status.GetReturnAsync(form, place.Key, ct),
                Refused = refused,
                Day = day,
                Reason = reason,
            },
            refused is null ? StatusCodes.Status200OK : refused.Status == OutcomeStatus.Incomplete ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);
}
