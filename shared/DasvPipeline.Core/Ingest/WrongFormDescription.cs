using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest;

/// <summary>Words a finding about a form that is for another return or period, with the names that people use.</summary>
internal static class WrongFormDescription
{
    /// <summary>Returns the finding with names instead of ids, if the catalogue knows the form's own return.</summary>
    /// <param name="sentAs">The return and period that the file was sent for.</param>
    public static Finding WithNames(PartnershipCatalogue catalogue, Finding finding, ReturnKey sentAs)
    {
        if (finding.BelongsTo is not { } own || catalogue.FindForm(own) is not { } form)
        {
            return finding with { BelongsTo = null };
        }

        var isOtherAgency = own.Return.Agency != sentAs.Return.Agency;
        var kind = own.Return == sentAs.Return ? "period" : "return";
        var (formName, sentName) = own.Return == sentAs.Return
            ? (own.Period.Label, sentAs.Period.Label)
            : ($"{NameOf(catalogue, form, isOtherAgency)}, {own.Period.Label}", $"{NameOf(catalogue, catalogue.FindForm(sentAs)!, isOtherAgency)}, {sentAs.Period.Label}");
        return finding with { Message = $"This is the form for {formName}. You sent it for {sentName}. Send it for its own {kind}, or fill in the right form." };
    }

    private static string NameOf(PartnershipCatalogue catalogue, Form form, bool withAgency) =>
        withAgency ? $"\"{form.Title}\" from {catalogue.GetAgencyName(form.Return.Agency)}" : $"\"{form.Title}\"";
}
