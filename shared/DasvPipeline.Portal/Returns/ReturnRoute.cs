using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Routing;

namespace DasvPipeline.Portal.Returns;

/// <summary>The return and period in an address.</summary>
/// <param name="Problem">A message if the address is not valid; otherwise null.</param>
internal sealed record ReturnRoute(Form? Form, ReturnKey Key, string? Problem)
{
    /// <summary>Parses an address in the same way as an upload path. The period can be one that has not ended.</summary>
    public static ReturnRoute Parse(PartnershipCatalogue catalogue, string agency, string name, string period)
    {
        var (form, key, problem) = UploadPath.Resolve(catalogue, $"{agency}/{name}/{period}/file");
        return new ReturnRoute(form, key, problem?.Message);
    }
}
