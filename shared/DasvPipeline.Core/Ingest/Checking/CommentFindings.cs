using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>
/// Creates findings about comments on the cells of figures. A comment is never used. The check for personal data has
/// already searched it, so it can be quoted.
/// </summary>
internal static partial class CommentFindings
{
    /// <summary>Returns a query for a comment that has other numbers than its cell, and a note for any other comment.</summary>
    public static IEnumerable<Finding> Create(IReadOnlyList<FigureComment> comments, IReadOnlyList<ValidFigure> figures)
    {
        if (comments.Count == 0)
        {
            return [];
        }

        var valueOf = figures.Where(valid => valid.Figure.Value is not null).DistinctBy(valid => valid.Source.Address).ToDictionary(valid => valid.Source.Address, valid => valid.Figure.Value!.Value);
        return comments.Select(comment => valueOf.TryGetValue(comment.Figure.Address, out var value) && FindOtherNumber(comment.Text, value) is { } number
            ? Finding.Query(
                Codes.CommentDiffers,
                comment.Figure.Address,
                $"The comment on this cell says {number}, but the cell says {FigureFormatter.FormatValue(value, comment.Figure.FormCell.Measure.Quantity)}: {FindingText.Quote(comment.Text)}. "
                + "Correct the one that is wrong, or say in the notes why they differ.",
                new FindingSubject(comment.Figure.FormCell.Key, value))
            : Finding.Note(Codes.Comment, comment.Figure.Address, $"The comment on this cell says {FindingText.Quote(comment.Text)}. We used only the cell."));
    }

    /// <summary>Returns the first number in a comment, or null if it has no number or one of its numbers is the value.</summary>
    private static string? FindOtherNumber(string text, decimal value)
    {
        string? first = null;
        foreach (Match match in NumberPattern().Matches(DatePattern().Replace(text, " ")))
        {
            if (!FigureSyntax.TryParseNumber(match.Value, out var number))
            {
                continue;
            }

            if (number.Value == value || number.Value == value * 100)
            {
                return null;
            }

            first ??= match.Value;
        }

        return first;
    }

    [GeneratedRegex(@"£?(?<![\w.,])(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    /// <summary>A date, a year, a quarter or a time of day.</summary>
    [GeneratedRegex(@"\b(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(st|nd|rd|th)? ?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(st|nd|rd|th)?|\d{1,2}:\d{2}(:\d{2})?|(19|20)\d{2}([-/]\d{2,4})?|(q|quarter) ?[1-4])\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();
}
