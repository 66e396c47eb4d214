using DasvPipeline.Portal.Returns;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>Answers the requests that no other trigger serves: the root address, unknown addresses, and wrong methods.</summary>
public sealed class OtherAddresses(PageHandler pages, RouteTable routes)
{
    private static readonly string[] OfRoot = [HttpMethods.Get, HttpMethods.Head];

    public IResult Handle(HttpRequest request)
    {
        var isRoot = request.Path.Value is null or "" or "/";
        IReadOnlyList<string> methods = isRoot ? OfRoot : routes.FindMethods(request.Path);
        if (isRoot && OfRoot.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        {
            return pages.ShowPublic(request, context => context.Caller switch
            {
                null => PageHandler.Render(new StartPage { PageContext = context }),
                { IsManager: true } => PageHandler.SeeOther(request, StatusAddress.Start),
                _ => PageHandler.SeeOther(request, ReturnAddress.All),
            });
        }

        if (methods.Count == 0)
        {
            return pages.Refuse(request, StatusCodes.Status404NotFound, "Page not found", "Check the address. If you followed a link on our pages, tell the Partnership.");
        }

        request.HttpContext.Response.Headers.Allow = string.Join(", ", methods);
        return pages.Refuse(request, StatusCodes.Status405MethodNotAllowed, "This address does not accept this request", $"It accepts {string.Join(", ", methods)}. Go back and try again.");
    }
}
