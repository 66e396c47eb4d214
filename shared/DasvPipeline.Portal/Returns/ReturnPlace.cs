using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Receive;

namespace DasvPipeline.Portal.Returns;

/// <summary>The return and period that an address names.</summary>
/// <param name="Problem">Why it names none; null where it does.</param>
internal sealed record ReturnPlace(Form? Form, ReturnKey Key, string? Problem)
{
    /// <summary>Read as the path of an upload is, so that both mean the same.</summary>
    /// <param name="today">A form may be fetched, and figures prepared, before a period begins: the farthest day for those.</param>
    public static ReturnPlace Of(PartnershipCatalogue catalogue, string agency, string name, string period, DateOnly today)
    {
        var (form, key, problem) = UploadPath.Resolve(catalogue, $"{agency}/{name}/{period}/file", today);
        return new ReturnPlace(form, key, problem?.Message);
    }
}
