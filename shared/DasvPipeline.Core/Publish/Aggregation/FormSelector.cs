using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>Selects the forms that report certain figures for a year.</summary>
internal static class FormSelector
{
    /// <returns>The forms that are due in the year. If none is, those of other years, which say what is not collected.</returns>
    public static List<Form> Select(PartnershipCatalogue catalogue, Period year, Func<FormCell, bool> isReported)
    {
        var due = catalogue.GetFormsDueIn(year).Where(form => form.Cells.Any(isReported)).ToList();
        return due.Count > 0 ? due : [.. catalogue.Forms.Where(form => form.Cells.Any(isReported))];
    }
}
