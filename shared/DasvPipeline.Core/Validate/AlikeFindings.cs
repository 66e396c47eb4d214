using System.Globalization;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate;

/// <summary>A file that is wrong throughout is told so once, and not a hundred thousand times.</summary>
internal static class AlikeFindings
{
    /// <summary>Tells the first of each code one by one, and those that are left over of it in one finding in their place.</summary>
    public static IReadOnlyList<Finding> Fold(List<Finding> findings)
    {
        if (findings.Count <= FindingText.MostAlike)
        {
            return findings;
        }

        var folded = new List<Finding>(findings.Count);
        foreach (var alike in findings.GroupBy(finding => (finding.Severity, finding.Code)))
        {
            folded.AddRange(alike.Take(FindingText.MostAlike));
            var rest = alike.Skip(FindingText.MostAlike).ToList();
            if (rest.Count > 0)
            {
                folded.Add(rest.Count == 1 ? rest[0] : Together(rest));
            }
        }

        return folded;
    }

    private static Finding Together(List<Finding> findings)
    {
        var from = findings[0].Cell is { } first ? $", from {first} on" : string.Empty;
        return findings[0] with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture, $"There are {findings.Count:N0} more like the {FindingText.MostAlike} above{from}. What is wrong there is most likely wrong throughout."),
            About = null,
            Explanation = null,
            OtherCells = [.. findings.Skip(1).Select(finding => finding.Cell).OfType<CellRef>()],
        };
    }
}
