using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Validate.Checks;

/// <summary>Describes the operand of a comparison in words.</summary>
internal static class SideWords
{
    /// <summary>Returns the name of an operand: "\"Clients by age at referral\" (12 years and under, 13 to 17 years)".</summary>
    public static string Name(PartnershipCatalogue catalogue, Side side) => FigureWords.And(side.Terms.Select(term => NameOf(catalogue, term)));

    /// <summary>Returns the codes of a separate comparison: "In Peterborough", "For ISVA". Null if the comparison is made only once.</summary>
    public static string? Place(PartnershipCatalogue catalogue, Breakdown place)
    {
        if (place.IsNone)
        {
            return null;
        }

        var word = place[Dimension.Area] is not null ? "In" : "For";
        return $"{word} {string.Join(", ", place.Codes().Select(code => FigureWords.LabelOf(catalogue, code.Key, code.Value)))}";
    }

    private static string NameOf(PartnershipCatalogue catalogue, Term term)
    {
        var codes = term.Codes.SelectMany(dimension => dimension.Value, (dimension, code) => FigureWords.LabelOf(catalogue, dimension.Key, code)).ToList();
        return $"\"{catalogue.Measures[term.Measure].Label}\"{(codes.Count == 0 ? string.Empty : $" ({string.Join(", ", codes)})")}";
    }
}
