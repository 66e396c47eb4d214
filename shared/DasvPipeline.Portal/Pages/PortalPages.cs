using DasvPipeline.Core.Catalogue;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DasvPipeline.Portal.Pages;

/// <summary>
/// What every page goes through: who may see it, the token of its forms, and headers under which nothing runs that is not
/// ours. Nobody is let in unless a page says who.
/// </summary>
public sealed class PortalPages(CallerPolicy callers, IAntiforgery forgery, PartnershipCatalogue catalogue, SignIn signIn)
{
    /// <summary>Bytes of a form beside the file that it sends.</summary>
    private const int FieldsAtMost = 64 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <param name="may">Which of those who are signed in may see it.</param>
    public async Task<IResult> ShowAsync(HttpRequest request, Func<Caller, bool> may, Func<Frame, Task<IResult>> page) => Admit(request, may) is var (caller, refusal) && refusal is not null
        ? refusal
        : await page(FrameOf(request, caller));

    /// <summary>Takes in a form. Done, it is best answered with <see cref="SeeOther"/>, so that a page loaded again sends nothing twice.</summary>
    /// <param name="fileAtMost">Bytes of the file it may bring.</param>
    /// <param name="tooLarge">The page for a larger one.</param>
    public async Task<IResult> TakeAsync(
        HttpRequest request, Func<Caller, bool> may, int fileAtMost, Func<Frame, Task<IResult>> tooLarge, Func<Frame, IFormCollection, Task<IResult>> taken, CancellationToken ct)
    {
        return Admit(request, may) is var (caller, refusal) && refusal is not null
            ? refusal
            : await TakeFromAsync(request, caller, fileAtMost, tooLarge, taken, ct);
    }

    public Task<IResult> TakeAsync(HttpRequest request, Func<Caller, bool> may, Func<Frame, IFormCollection, Task<IResult>> taken, CancellationToken ct) =>
        TakeAsync(request, may, fileAtMost: 0, TooMuchText, taken, ct);

    /// <summary>Takes in a form from anyone, signed in or not.</summary>
    public Task<IResult> TakeFromAnyoneAsync(HttpRequest request, Func<Frame, IFormCollection, IResult> taken, CancellationToken ct) =>
        TakeFromAsync(request, callers.Of(request), fileAtMost: 0, TooMuchText, (frame, form) => Task.FromResult(taken(frame, form)), ct);

    private static Task<IResult> TooMuchText(Frame frame) =>
        Task.FromResult(Problem(frame, StatusCodes.Status413PayloadTooLarge, "That is too much text", "Go back, shorten it, and send the form again."));

    private async Task<IResult> TakeFromAsync(
        HttpRequest request, Caller? caller, int fileAtMost, Func<Frame, Task<IResult>> tooLarge, Func<Frame, IFormCollection, Task<IResult>> taken, CancellationToken ct)
    {
        var atMost = fileAtMost + FieldsAtMost;
        if (!request.HasFormContentType)
        {
            return Problem(FrameOf(request, caller), StatusCodes.Status400BadRequest, "This page takes forms only.", "Go back, load the page again, and send the form anew.");
        }

        if (request.ContentLength > atMost)
        {
            return await tooLarge(FrameOf(request, caller));
        }

        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = atMost, BufferBodyLengthLimit = atMost }));
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            return await tooLarge(FrameOf(request, caller));
        }

        return await forgery.IsRequestValidAsync(request.HttpContext)
            ? await taken(FrameOf(request, caller), form)
            : Problem(
                FrameOf(request, caller), StatusCodes.Status400BadRequest, "This form cannot be accepted any more.",
                "It was shown to somebody else, or too long ago. Nothing was changed. Go back, load the page again, and send the form anew.");
    }

    /// <summary>A page for anyone, signed in or not.</summary>
    public IResult ToAnyone(HttpRequest request, Func<Frame, IResult> page)
    {
        Secure(request);
        return page(FrameOf(request, callers.Of(request)));
    }

    public static IResult Of<TPage>(IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };

    public static IResult Problem(Frame frame, int status, string title, string sentence) =>
        Of<ProblemPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["Title"] = title, ["Sentence"] = sentence }, status);

    public static IResult NotFound(Frame frame, string sentence) => Problem(frame, StatusCodes.Status404NotFound, "There is no such page", sentence);

    /// <summary>To a page of ours, to be fetched with GET.</summary>
    public static IResult SeeOther(HttpRequest request, string path)
    {
        request.HttpContext.Response.Headers.Location = path;
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The caller, or what they are answered instead.</summary>
    private (Caller? Caller, IResult? Refusal) Admit(HttpRequest request, Func<Caller, bool> may)
    {
        Secure(request);
        if (callers.Of(request) is not { } caller)
        {
            return (null, HttpMethods.IsGet(request.Method)
                ? SeeOther(request, signIn.AndBackTo(request.Path + request.QueryString))
                : Problem(FrameOf(request, null), StatusCodes.Status401Unauthorized, "You are not signed in", "Sign in, and send the form again. Nothing was changed."));
        }

        return may(caller)
            ? (caller, null)
            : (caller, Problem(
                FrameOf(request, caller), StatusCodes.Status403Forbidden, "This page is not for you",
                "You are signed in, but not as somebody who may see this page. If you should be, ask the Partnership’s manager for the role."));
    }

    private Frame FrameOf(HttpRequest request, Caller? caller)
    {
        // Making the tokens sets headers of its own, which ours take the place of.
        var tokens = forgery.GetAndStoreTokens(request.HttpContext);
        Secure(request);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new Frame(caller, request.Path, catalogue.Publisher.Name, new FormToken(tokens.FormFieldName, tokens.RequestToken!), signIn);
    }

    private static void Secure(HttpRequest request)
    {
        // TLS ends before the app: a cookie is marked as secure where the visitor's own connection is.
        if (request.Headers["X-Forwarded-Proto"] == Uri.UriSchemeHttps)
        {
            request.Scheme = Uri.UriSchemeHttps;
        }

        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
    }
}
