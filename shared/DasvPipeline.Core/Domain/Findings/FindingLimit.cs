using System.Globalization;

namespace DasvPipeline.Core.Domain.Findings;

/// <summary>Limits the number of findings with the same code, so that a file full of mistakes has a readable report.</summary>
internal static class FindingLimit
{
    /// <summary>The maximum number of findings of one kind that are reported singly. The rest are summed up in one finding.</summary>
    public const int MaxSimilarFindings = 100;

    /// <summary>Keeps the first findings of each code and sums up the rest in one finding.</summary>
    public static IReadOnlyList<Finding> Apply(List<Finding> findings)
    {
        if (findings.Count <= MaxSimilarFindings)
        {
            return findings;
        }

        var limited = new List<Finding>(findings.Count);
        foreach (var group in findings.GroupBy(finding => (finding.Severity, finding.Code)))
        {
            limited.AddRange(group.Take(MaxSimilarFindings));
            var rest = group.Skip(MaxSimilarFindings).ToList();
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
                CultureInfo.InvariantCulture, $"There are {findings.Count:N0} more findings like the {MaxSimilarFindings} above{start}. They probably have the same cause."),
            Subject = null,
            Explanation = null,
            FigureName = null,
            OtherCells = [.. findings.Skip(1).Select(finding => finding.Cell).OfType<CellRef>()],
        };
    }
}
