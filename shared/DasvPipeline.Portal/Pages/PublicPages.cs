using DasvPipeline.Core.Oversight;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>Pages for anyone, without anybody's data.</summary>
public sealed class PublicPages(PageHandler pages, LiveCatalogue catalogue)
{
    public IResult GetAccessibility(HttpRequest request) => pages.ShowPublic(request, context => PageHandler.Render(new AccessibilityPage
    {
        PageContext = context,
        Contact = (char.ToLowerInvariant(catalogue.Newest.Help.Contact[0]) + catalogue.Newest.Help.Contact[1..]) + (catalogue.Newest.Help.ContactAddress is { } at ? $", {at}" : string.Empty),
    }));
}
