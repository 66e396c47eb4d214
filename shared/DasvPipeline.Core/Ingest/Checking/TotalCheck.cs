using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>Compares a total in the file with the sum of its parts.</summary>
internal static class TotalCheck
{
    /// <summary>The minimum number of rows whose sum may have been entered in one of them.</summary>
    private const int MinSummedRows = 3;

    /// <summary>Returns a finding if the total is wrong or cannot be read, and null otherwise.</summary>
    /// <param name="symbols">The agency's own symbols.</param>
    /// <param name="parsed">The figures of the file by cell.</param>
    public static Finding? Check(FoundTotal total, IReadOnlyDictionary<string, Figure> symbols, Dictionary<CellRef, Figure> parsed)
    {
        var measure = total.Parts[0].FormCell.Measure;
        if (total.Cell.IsBlank || total.Parts.Any(part => part.FormCell.Measure.Aggregation != Aggregation.Flow && part.FormCell.Measure.Aggregation != Aggregation.Distinct))
        {
            return null;
        }

        var (figure, finding) = FigureParser.Parse(total.Parts[0] with { Cell = total.Cell, Address = total.Address }, symbols);
        if (figure is not { Value: { } stated })
        {
            return finding is { Severity: Severity.Error } ? finding : null;
        }

        var sumOfNumbers = 0m;
        var isEstimate = (figure.Value.Markers & Markers.Estimated) != 0;
        var parts = new List<(FoundFigure Part, decimal Value)>();
        foreach (var part in total.Parts.Where(part => !part.Cell.IsBlank))
        {
            if (!parsed.TryGetValue(part.Address, out var value) || value.Value is null)
            {
                return null; // the sum is unknown if a part is unknown
            }

            parts.Add((part, value.Value.Value));
            sumOfNumbers += part.Cell.Kind == CellKind.Number ? value.Value.Value : 0;
            isEstimate |= (value.Markers & Markers.Estimated) != 0;
        }

        // The SUM function of a spreadsheet ignores text such as "37 approx".
        var sum = parts.Sum(part => part.Value);
        if (IsEqual(sum, stated) || (total.Cell.IsFormula && IsEqual(sumOfNumbers, stated)))
        {
            return null;
        }

        var reason = FindReason(stated, sum, parts, measure.Quantity) is { } found ? $" {found}" : string.Empty;
        var message = $"The total of \"{total.Label}\" is {FigureFormatter.FormatValue(stated, measure.Quantity)}, but its parts add up to {FigureFormatter.FormatValue(sum, measure.Quantity)}.{reason} Correct the one that is wrong.";
        return isEstimate ? Finding.Query(Codes.TotalDiffers, total.Address, message) : Finding.Error(Codes.TotalDiffers, total.Address, message);
    }

    /// <summary>Compares two numbers to 6 decimals, because a spreadsheet adds up decimals with small errors.</summary>
    private static bool IsEqual(decimal first, decimal second) => decimal.Round(first - second, 6) == 0;

    /// <summary>Returns the only reason that explains the difference exactly, or null if none or several do.</summary>
    private static string? FindReason(decimal stated, decimal sum, List<(FoundFigure Part, decimal Value)> parts, Quantity quantity)
    {
        if (parts.Count > 1 && parts.FindAll(part => part.Value == stated) is [var copied])
        {
            return $"\"{copied.Part.FormCell.Name}\" has the same figure as the total. Was one of them entered in the wrong place?";
        }

        var reasons = new List<string>();
        if (TypingMistakes.Find(stated, sum, quantity) is { } mistake)
        {
            reasons.Add(mistake.ToString());
        }

        if (TypingMistakes.FindInSum(parts, part => part.Value, stated - sum, quantity) is { Count: > 0 } found)
        {
            reasons.Add($"They would agree {TypingMistakes.DescribeCorrections(found, item => $"\"{item.Part.FormCell.Name}\"", quantity)}. Was it mistyped?");
        }

        if (FindSumInPart(stated - sum, parts) is { } part)
        {
            reasons.Add(part);
        }

        if (parts.Count > 2 && parts.FindAll(part => part.Value > 0 && sum - part.Value == stated) is [var missing])
        {
            reasons.Add($"\"{missing.Part.FormCell.Name}\" is {FigureFormatter.FormatValue(missing.Value, quantity)}. Was it left out of the total?");
        }

        return reasons is [var only] ? only : null;
    }

    /// <summary>Asks whether one part has the sum of several rows, if this explains the difference exactly.</summary>
    private static string? FindSumInPart(decimal difference, List<(FoundFigure Part, decimal Value)> parts)
    {
        for (var at = 0; at < parts.Count; at++)
        {
            var right = parts[at].Value + difference;
            for (var first = 0; right >= 0 && first <= at; first++)
            {
                for (var last = Math.Max(at, first + MinSummedRows - 1); last < parts.Count; last++)
                {
                    var rows = parts.GetRange(first, last - first + 1);
                    if (rows.Sum(row => row.Value) + difference == parts[at].Value)
                    {
                        return $"\"{parts[at].Part.FormCell.Name}\" has what \"{rows[0].Part.FormCell.Name}\" to \"{rows[^1].Part.FormCell.Name}\" would add up to. Was a total entered there?";
                    }
                }
            }
        }

        return null;
    }
}
