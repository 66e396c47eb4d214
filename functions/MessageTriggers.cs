using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: all messages, and whether each went out.</summary>
public sealed class MessagesPageTrigger(MessagePages pages)
{
    [Function("MessagesPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/messages")] HttpRequest request, CancellationToken ct) => pages.GetAsync(request, ct);
}

/// <summary>For an agency and the manager: the messages of an agency, and who gets them.</summary>
public sealed class AgencyMessagesTrigger(MessagePages pages)
{
    [Function("AgencyMessages")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/messages")] HttpRequest request, string agency, CancellationToken ct) =>
        pages.GetAgencyAsync(request, agency, ct);
}

/// <summary>For an agency and the manager: says whether a contact wants messages, from the page.</summary>
public sealed class MessageContactFormTrigger(MessagePages pages)
{
    [Function("MessageContactForm")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/messages")] HttpRequest request, string agency, CancellationToken ct) =>
        pages.PostAsync(request, agency, ct);
}

/// <summary>For the manager: all messages, for a program.</summary>
public sealed class MessagesTrigger(MessagePages pages)
{
    [Function("Messages")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages")] HttpRequest request, CancellationToken ct) => pages.GetApiAsync(request, ct);
}

/// <summary>For an agency and the manager: says whether a contact wants messages, from a program.</summary>
public sealed class MessageContactTrigger(MessagePages pages)
{
    [Function("MessageContact")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/message-contacts")] HttpRequest request, CancellationToken ct) => pages.PostApiAsync(request, ct);
}
