using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The pages of messages: for the manager all, and for an agency its own, with the contacts that want messages or do not.</summary>
public sealed class MessagePages(PageHandler pages, PartnershipCatalogue catalogue, IMessageStore store, IMessageTransport transport, FlashMessages messages, CallerReader callers, TimeProvider clock)
{
    public const string Stop = "stop";
    public const string Want = "want";

    private const string ContactHelp = """Send JSON: {"agency":"refuge","address":"data@example.org","wantsMessages":false}.""";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        pages.ShowAsync(request, caller => caller.IsManager, context => ShowAsync(request, context, agency: null, ct));

    public Task<IResult> GetAgencyAsync(HttpRequest request, string agency, CancellationToken ct) => pages.ShowAsync(
        request,
        caller => caller.HasAccessTo(new AgencyId(agency)),
        context => catalogue.Agencies.TryGetValue(new AgencyId(agency), out var known)
            ? ShowAsync(request, context, known, ct)
            : Task.FromResult(PageHandler.NotFound(context, "This agency does not exist.")));

    /// <summary>Records whether a contact wants messages.</summary>
    public Task<IResult> PostAsync(HttpRequest request, string agency, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        async (context, form) =>
        {
            if (FindContact(agency, form["address"]) is not { } contact || form["do"].ToString() is not (Stop or Want))
            {
                return PageHandler.NotFound(context, "This contact does not exist.");
            }

            var message = await SetAsync(contact, form["do"] == Stop, context.Caller!.Person, ct);
            return messages.RedirectWithMessage(request, StatusAddress.CreateMessages(contact.Agency), message);
        },
        ct);

    /// <summary>For the manager: all messages as JSON.</summary>
    public async Task<IResult> GetApiAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckManager(request, callers) ?? Results.Json([.. (await store.ReadAsync(null, ct)).Select(MessageElement.Create)], MessageJson.Default.IReadOnlyListMessageElement);
    }

    public async Task<IResult> PostApiAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the manager, or as the agency of this contact.");
        }

        if (ErrorResults.CheckHeader(request) is { } refusal)
        {
            return refusal;
        }

        if (await JsonBody.ReadAsync(request, MessageJson.Default.MessageContactBody, ct) is not { Agency: { } agency, WantsMessages: { } wants } body || !Slug.IsValid(agency))
        {
            return ErrorResults.BadRequest(ContactHelp);
        }

        return !caller.CanChange(new AgencyId(agency)) ? Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, new AgencyId(agency)))
            : FindContact(agency, body.Address) is { } contact ? DecisionEndpoint.ToResult(Outcome.Done(await SetAsync(contact, !wants, caller.Person, ct)))
            : ErrorResults.NotFound("This contact does not exist.");
    }

    private async Task<string> SetAsync(MessageOptOut contact, bool isOptedOut, Person by, CancellationToken ct)
    {
        if ((await store.ReadOptOutsAsync(ct)).Contains(contact) != isOptedOut)
        {
            await store.SetOptOutAsync(contact, isOptedOut, by, clock.GetUtcNow(), ct);
        }

        return isOptedOut ? $"We will send no more messages to {contact.Address}." : $"We will send messages to {contact.Address}.";
    }

    private MessageOptOut? FindContact(string agency, string? address) => catalogue.Agencies.TryGetValue(new AgencyId(agency), out var known)
        && known.Contacts.FirstOrDefault(contact => contact.Email is not null && string.Equals(contact.Email, address, StringComparison.OrdinalIgnoreCase)) is { Email: { } email }
            ? new MessageOptOut(known.Id, email)
            : null;

    private async Task<IResult> ShowAsync(HttpRequest request, PageContext context, Agency? agency, CancellationToken ct) => PageHandler.Render(new MessagesPage
    {
        PageContext = context,
        Agency = agency,
        Messages = await store.ReadAsync(agency?.Id, ct),
        Agencies = [.. (agency is null ? catalogue.Agencies.Values : [agency]).Where(item => item.Contacts.Any(contact => contact.Email is not null)).OrderBy(item => item.Name, StringComparer.Ordinal)],
        OptedOut = (await store.ReadOptOutsAsync(ct)).ToHashSet(),
        Sends = transport.Sends,
        IsReady = transport.IsReady,
        Manager = catalogue.Messages.Manager,
        Message = messages.GetMessage(request),
    });
}

internal sealed record MessageContactBody(string? Agency, string? Address, bool? WantsMessages);

/// <param name="State">waiting, sent, shown, failed, stopped or unknown.</param>
internal sealed record MessageElement(string Id, string Kind, string? Agency, string To, string Subject, string Body, DateTimeOffset Created, string State, DateTimeOffset At, int Attempts, string? Problem)
{
    public static MessageElement Create(StoredMessage stored) => new(
        stored.Message.Id,
        stored.Message.Kind.ToString().ToLowerInvariant(),
        stored.Message.Agency?.Value,
        stored.Message.To,
        stored.Message.Subject,
        stored.Message.Body,
        stored.Message.CreatedAt,
        stored.State.ToString().ToLowerInvariant(),
        stored.At,
        stored.Attempts,
        stored.Problem);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(IReadOnlyList<MessageElement>))]
[JsonSerializable(typeof(MessageContactBody))]
internal sealed partial class MessageJson : JsonSerializerContext;
