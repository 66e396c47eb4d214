using System.Xml.Linq;
using DasvPipeline.Core.Ports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>Binds an anti-forgery token to the person who saw the form, so that nobody else can use it.</summary>
internal sealed class CallerTokenData(CallerReader callers) : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => DataOf(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == DataOf(context);

    private string DataOf(HttpContext context) => callers.GetCaller(context.Request) is { } caller
        ? string.Join('\n', caller.Agencies.Select(agency => agency.Value).Prepend(caller.IsManager ? Caller.ManagerRole : string.Empty).Prepend(caller.Name))
        : string.Empty;
}

/// <summary>The keys that sign the tokens, shared by all instances.</summary>
internal sealed class KeyRepository(IKeyStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.ReadAll().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
