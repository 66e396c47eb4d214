using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Routing;

namespace DasvPipeline.Portal.Returns;

/// <summary>The return and period in an address.</summary>
/// <param name="Problem">A message if the address is not valid; otherwise null.</param>
internal sealed record ReturnRoute(Form? Form, ReturnKey Key, string? Problem)
{
    /// <summary>Parses an address in the same way as an upload path.</summary>
    /// <param name="today">Today, or the latest possible day for actions that are allowed before the period starts.</param>
    public static ReturnRoute Parse(PartnershipCatalogue catalogue, string agency, string name, string period, DateOnly today)
    {
        var (form, key, problem) = UploadPath.Resolve(catalogue, $"{agency}/{name}/{period}/file", today);
        return new ReturnRoute(form, key, problem?.Message);
    }
}
