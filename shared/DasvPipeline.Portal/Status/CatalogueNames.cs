using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Portal.Status;

/// <summary>Returns display names of returns and figures.</summary>
internal static class CatalogueNames
{
    /// <summary>Returns the name of each return by its id: "IDVA Service, MARAC cases".</summary>
    public static IReadOnlyDictionary<string, string> GetReturnNames(PartnershipCatalogue catalogue) =>
        catalogue.Forms.GroupBy(form => form.Return).Select(forms => forms.Last()).ToDictionary(form => form.Return.ToString(), form => $"{catalogue.GetAgencyName(form.Return.Agency)}, {form.Title}");

    /// <summary>Returns the name of a figure: "Referrals to SARC, Fenland, Under 18".</summary>
    public static string GetFigureName(PartnershipCatalogue catalogue, string measure, string area, IReadOnlyDictionary<string, string> breakdowns) => string.Join(
        ", ",
        new[] { catalogue.Measures.GetValueOrDefault(new MeasureId(measure))?.Label ?? measure }
            .Concat(area == AreaId.All.Value ? [] : [OfCode(catalogue, Dimension.Area, area)])
            .Concat(breakdowns.Select(code => OfCode(catalogue, code.Key, code.Value))));

    private static string OfCode(PartnershipCatalogue catalogue, string dimension, string code) =>
        catalogue.Dimensions.GetValueOrDefault(dimension)?.Find(code)?.Label ?? code;
}
