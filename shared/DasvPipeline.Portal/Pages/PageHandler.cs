using System.Globalization;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DasvPipeline.Portal.Pages;

/// <summary>
/// Handles every page: checks access, validates anti-forgery tokens, and sets headers that allow only our own scripts.
/// Access is denied unless the page grants it.
/// </summary>
public sealed class PageHandler(CallerReader callers, IAntiforgery antiforgery, LiveCatalogue catalogue, SignInAddresses signIn, FileLimits limits)
{
    /// <summary>The maximum bytes of a form, without its file.</summary>
    private const int MaxFormBytes = 64 * 1024;

    /// <summary>The addresses that programs use.</summary>
    private static readonly PathString[] ForPrograms = ["/api", "/feed", "/assets"];

    /// <summary>The header that says why a form was not taken, so that a script can show it without leaving what was entered.</summary>
    private const string ProblemHeader = "Form-Problem";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Shows a page to signed-in people.</summary>
    /// <param name="may">Returns true if the caller has access.</param>
    public async Task<IResult> ShowAsync(HttpRequest request, Func<Caller, bool> may, Func<PageContext, Task<IResult>> page) => Admit(request, may) is var (caller, refusal) && refusal is not null
        ? refusal
        : await page(CreateContext(request, caller));

    /// <summary>
    /// Processes a form. After success, respond with <see cref="SeeOther"/>, so that reloading the page does not send it again.
    /// </summary>
    /// <param name="fileAtMost">The maximum bytes of its files.</param>
    /// <param name="tooLarge">The page to show if the file is larger.</param>
    /// <param name="filesAtMost">The maximum number of its files.</param>
    public async Task<IResult> HandleFormAsync(
        HttpRequest request, Func<Caller, bool> may, int fileAtMost, Func<PageContext, Task<IResult>> tooLarge, Func<PageContext, IFormCollection, Task<IResult>> handleForm, CancellationToken ct, int filesAtMost = 1)
    {
        return Admit(request, may) is var (caller, refusal) && refusal is not null
            ? refusal
            : await TakeFromAsync(request, caller, fileAtMost, tooLarge, handleForm, ct, filesAtMost);
    }

    public Task<IResult> HandleFormAsync(HttpRequest request, Func<Caller, bool> may, Func<PageContext, IFormCollection, Task<IResult>> handleForm, CancellationToken ct) =>
        HandleFormAsync(request, may, fileAtMost: 0, TooMuchText, handleForm, ct);

    /// <summary>Processes a form from anyone, signed in or not.</summary>
    public Task<IResult> HandlePublicFormAsync(HttpRequest request, Func<PageContext, IFormCollection, IResult> handleForm, CancellationToken ct) =>
        TakeFromAsync(request, callers.GetCaller(request), fileAtMost: 0, TooMuchText, (context, form) => Task.FromResult(handleForm(context, form)), ct);

    private static Task<IResult> TooMuchText(PageContext context) =>
        Task.FromResult(Problem(context, StatusCodes.Status413PayloadTooLarge, "Your text is too long", "Go back, shorten it, and send the form again."));

    private async Task<IResult> TakeFromAsync(
        HttpRequest request, Caller? caller, int fileAtMost, Func<PageContext, Task<IResult>> tooLarge, Func<PageContext, IFormCollection, Task<IResult>> handleForm, CancellationToken ct, int filesAtMost = 1)
    {
        var atMost = fileAtMost + MaxFormBytes;
        if (fileAtMost > 0 && caller is not null && !limits.TryTake(caller))
        {
            request.HttpContext.Response.Headers.RetryAfter = FileLimits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return RefuseForm(request, caller, StatusCodes.Status429TooManyRequests, "Too many files at once", FileLimits.TooMany);
        }

        if (!request.HasFormContentType)
        {
            return Problem(CreateContext(request, caller, hasForm: false), StatusCodes.Status400BadRequest, "This page accepts only forms", "Go back, reload the page, and send the form again.");
        }

        if (request.ContentLength > atMost)
        {
            return await tooLarge(CreateContext(request, caller));
        }

        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = atMost, BufferBodyLengthLimit = atMost }));
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(ct);
        }
        catch (InvalidDataException) when (request.ContentLength is null)
        {
            return await tooLarge(CreateContext(request, caller));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return RefuseForm(
                request, caller, StatusCodes.Status400BadRequest, "Your form did not arrive whole",
                "Nothing was sent or changed. Check your connection, go back, and send the form again.");
        }

        if (form.Files.Count(file => file.Length > 0) > filesAtMost)
        {
            return RefuseForm(
                request, caller, StatusCodes.Status400BadRequest, filesAtMost == 1 ? "Send 1 file at a time" : "Too many files",
                filesAtMost == 1 ? "Your form had several files. Nothing was sent. Go back, and choose 1 file." : FormattableString.Invariant($"Nothing was sent. Go back, and choose at most {filesAtMost} files."));
        }

        // The first file was counted above, before anything was read.
        if (caller is not null && form.Files.Where(file => file.Length > 0).Skip(1).Any(_ => !limits.TryTake(caller)))
        {
            request.HttpContext.Response.Headers.RetryAfter = FileLimits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return RefuseForm(request, caller, StatusCodes.Status429TooManyRequests, "Too many files at once", FileLimits.TooMany);
        }

        return await antiforgery.IsRequestValidAsync(request.HttpContext)
            ? await handleForm(CreateContext(request, caller), form)
            : RefuseForm(
                request, caller, StatusCodes.Status400BadRequest, "This form has expired",
                "It was opened by another person or too long ago. Nothing was changed. Go back, reload the page, and send the form again.",
                "You are signed in as somebody else, or opened this page too long ago. Nothing was sent, and nothing on this page is lost. Sign in again in another tab, and press the button again.");
    }

    /// <summary>Shows a page to anyone, signed in or not.</summary>
    /// <param name="hasForm">True if the page has a form. Its token needs the keys in storage.</param>
    public IResult ShowPublic(HttpRequest request, Func<PageContext, IResult> page, bool hasForm = false)
    {
        Secure(request);
        return page(CreateContext(request, callers.GetCaller(request), hasForm));
    }

    /// <summary>Renders a page with the parameters that are set on <paramref name="page"/>. The compiler checks their types.</summary>
    public static IResult Render<TPage>(TPage page, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new RazorComponentResult<TPage>(ParametersOf(page)) { StatusCode = status, PreventStreamingRendering = true };

    private static Dictionary<string, object?> ParametersOf<TPage>(TPage page) where TPage : IComponent => typeof(TPage).GetProperties()
        .Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true)).ToDictionary(property => property.Name, property => property.GetValue(page));

    public static IResult Problem(PageContext context, int status, string title, string sentence) =>
        Render(new ProblemPage { PageContext = context, Title = title, Sentence = sentence }, status);

    /// <summary>Refuses a request with a page, or with JSON if a program sent it. Shows nobody's data, so anyone may see it.</summary>
    public IResult Refuse(HttpRequest request, int status, string title, string sentence)
    {
        Secure(request);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        request.HttpContext.Response.Headers[ProblemHeader] = sentence;
        return ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? Results.Problem(statusCode: status, title: $"{title}. {sentence}")
            : Problem(CreateContext(request, callers.GetCaller(request), hasForm: false), status, title, sentence);
    }

    public static IResult NotFound(PageContext context, string sentence) => Problem(context, StatusCodes.Status404NotFound, "Page not found", sentence);

    /// <summary>Redirects to one of our pages with GET.</summary>
    public static IResult SeeOther(HttpRequest request, string path)
    {
        request.HttpContext.Response.Headers.Location = path;
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>Returns the caller, with a refusal if they have no access.</summary>
    private (Caller? Caller, IResult? Refusal) Admit(HttpRequest request, Func<Caller, bool> may)
    {
        Secure(request);
        if (callers.GetCaller(request) is not { } caller)
        {
            return (null, HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
                ? SeeOther(request, signIn.CreateSignInAddress(request.Path + request.QueryString))
                : RefuseForm(
                    request, null, StatusCodes.Status401Unauthorized, "You are not signed in", "Nothing was changed. Sign in and send the form again.",
                    "You are not signed in any more. Nothing was sent, and nothing on this page is lost. Sign in again in another tab, and press the button again."));
        }

        return may(caller)
            ? (caller, null)
            : (caller, RefuseForm(
                request, caller, StatusCodes.Status403Forbidden, "You do not have access to this page",
                "If you need access to the returns of an agency, ask for it on your start page.",
                "You do not have access any more. Nothing was sent, and nothing on this page is lost. Sign in again in another tab, and press the button again."));
    }

    /// <summary>Refuses a form before anything of it is used.</summary>
    /// <param name="kept">The sentence for somebody whose entries are still on the page; null if it is the same.</param>
    private IResult RefuseForm(HttpRequest request, Caller? caller, int status, string title, string sentence, string? kept = null)
    {
        request.HttpContext.Response.Headers[ProblemHeader] = kept ?? sentence;
        return Problem(CreateContext(request, caller, hasForm: false), status, title, sentence);
    }

    /// <summary>Creates the data of a page. Without a form, nothing is read from storage.</summary>
    private PageContext CreateContext(HttpRequest request, Caller? caller, bool hasForm = true)
    {
        // Creating the tokens sets headers, which we replace with our own.
        var tokens = hasForm ? antiforgery.GetAndStoreTokens(request.HttpContext) : null;
        Secure(request);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new PageContext(caller, request.Path, catalogue.Newest.Publisher.Name, tokens is null ? null : new FormToken(tokens.FormFieldName, tokens.RequestToken!), signIn)
        {
            ViewedAgency = caller?.ViewedAgency is { } viewed ? catalogue.Newest.GetAgencyName(viewed) : null,
            WaitingRequests = caller is { IsManager: true } ? MembershipsOf(request).Count(membership => membership.State == MembershipState.Requested) : 0,
        };
    }

    private static IReadOnlyList<Membership> MembershipsOf(HttpRequest request) => request.HttpContext.Features.Get<MembershipSnapshot>()?.Memberships ?? [];

    private static void Secure(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
    }
}
