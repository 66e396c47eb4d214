using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>Describes the operand of a comparison in words.</summary>
internal static class OperandDescription
{
    /// <summary>Returns the name of an operand: "\"Clients by age at referral\" (12 years and under, 13 to 17 years)".</summary>
    public static string Describe(PartnershipCatalogue catalogue, Operand side) => FindingText.JoinWithAnd(side.Definitions.Select(term => NameOf(catalogue, term)));

    /// <summary>Returns the codes of a separate comparison: "In Peterborough", "For ISVA". Null if the comparison is made only once.</summary>
    public static string? DescribeBreakdown(PartnershipCatalogue catalogue, Breakdown place)
    {
        if (place.IsEmpty)
        {
            return null;
        }

        var word = place[Dimension.Area] is not null ? "In" : "For";
        return $"{word} {string.Join(", ", place.Codes().Select(code => FigureFormatter.LabelOf(catalogue, code.Key, code.Value)))}";
    }

    private static string NameOf(PartnershipCatalogue catalogue, TermDefinition term)
    {
        var codes = term.Codes.SelectMany(dimension => dimension.Value, (dimension, code) => FigureFormatter.LabelOf(catalogue, dimension.Key, code)).ToList();
        return $"\"{catalogue.Measures[term.Measure].Label}\"{(codes.Count == 0 ? string.Empty : $" ({string.Join(", ", codes)})")}";
    }
}
