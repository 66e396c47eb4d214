using System.Globalization;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate;

/// <summary>Limits the number of findings with the same code, so that a file full of mistakes has a readable report.</summary>
internal static class FindingLimit
{
    /// <summary>Keeps the first findings of each code and sums up the rest in one finding.</summary>
    public static IReadOnlyList<Finding> Apply(List<Finding> findings)
    {
        if (findings.Count <= FindingText.MaxSimilarFindings)
        {
            return findings;
        }

        var limited = new List<Finding>(findings.Count);
        foreach (var group in findings.GroupBy(finding => (finding.Severity, finding.Code)))
        {
            limited.AddRange(group.Take(FindingText.MaxSimilarFindings));
            var rest = group.Skip(FindingText.MaxSimilarFindings).ToList();
            if (rest.Count > 0)
            {
                limited.Add(rest.Count == 1 ? rest[0] : SumUp(rest));
            }
        }

        return limited;
    }

    private static Finding SumUp(List<Finding> findings)
    {
        var start = findings[0].Cell is { } first ? $", starting at {first}" : string.Empty;
        return findings[0] with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture, $"There are {findings.Count:N0} more findings like the {FindingText.MaxSimilarFindings} above{start}. They probably have the same cause."),
            Subject = null,
            Explanation = null,
            OtherCells = [.. findings.Skip(1).Select(finding => finding.Cell).OfType<CellRef>()],
        };
    }
}
