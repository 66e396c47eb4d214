using System.Xml.Linq;
using DasvPipeline.Core.Ports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>Binds an anti-forgery token to the account that saw the form, so that nobody else can use it.</summary>
internal sealed class CallerTokenData(CallerReader callers) : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => DataOf(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == DataOf(context);

    // The roles are checked when the form arrives. A role that was granted in the meantime does not make the form useless. A sign-in
    // without an account id is identified by all that it says.
    private string DataOf(HttpContext context) => callers.GetCaller(context.Request) switch
    {
        null => string.Empty,
        { HasAccountId: true } caller => caller.Id,
        var caller => string.Join('\n', caller.Agencies.Select(agency => agency.Value).Prepend(caller.IsManager ? Caller.ManagerRole : string.Empty).Prepend(caller.Name)),
    };
}

/// <summary>The keys that sign the tokens, shared by all instances.</summary>
internal sealed class KeyRepository(IKeyStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.ReadAll().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
