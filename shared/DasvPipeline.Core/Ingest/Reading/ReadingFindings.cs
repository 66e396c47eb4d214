using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>Findings that several readers share.</summary>
internal static class ReadingFindings
{
    private const int MaxListed = 8;

    private const int MaxRows = 8;

    /// <summary>The maximum number of labels in a suggestion.</summary>
    private const int MaxLabels = 12;

    /// <summary>Reports a label that the form does not know.</summary>
    /// <param name="known">The labels to suggest. Empty if there are already enough suggestions.</param>
    /// <param name="aliases">Other accepted words for these labels.</param>
    public static Finding UnknownLabel(CellRef at, string text, IEnumerable<string> known, IEnumerable<string> aliases)
    {
        if (Label.FindLookAlike(text) is { } rune)
        {
            return Finding.Error(
                Codes.UnknownLabel,
                at,
                $"{FindingText.Quote(text)} contains the character U+{rune.Value:X4}, which is invisible or looks like another character. Type the label again.");
        }

        var labels = known.Distinct().ToList();
        var hint = labels.Count == 0 ? string.Empty
            : NearestText.Find(text, labels.Concat(aliases)) is { } near ? $" Did you mean {FindingText.Quote(near)}?"
            : $" The labels are: {FindingText.JoinWithAnd(labels.Take(MaxLabels).Select(FindingText.Quote), labels.Count - MaxLabels)}. Use one of them, or delete the figure.";
        return Finding.Error(Codes.UnknownLabel, at, $"{FindingText.Quote(text)} is not one of the labels we ask for here.{hint}");
    }

    /// <summary>Reports rows of a text file that have too many cells.</summary>
    /// <param name="at">The first surplus cell.</param>
    /// <param name="rows">The numbers of the rows.</param>
    public static Finding RaggedRows(CellRef at, IReadOnlyList<int> rows)
    {
        var listed = rows.Take(MaxRows).Select(row => row.ToString("N0", CultureInfo.InvariantCulture)).ToList();
        var last = rows.Count > MaxRows ? string.Create(CultureInfo.InvariantCulture, $"{rows.Count - MaxRows:N0} more") : listed[^1];
        var others = rows.Count > MaxRows ? listed : listed[..^1];
        var subject = rows.Count == 1 ? $"Row {last} has" : $"Rows {string.Join(", ", others)} and {last} each have";
        return Finding.Error(
            Codes.RaggedRows,
            at,
            $"{subject} too many cells, so we cannot tell which figure is which. A comma inside a number or a text can cause this. Write 1,864 as 1864, and put quotation marks round a text that has a comma.");
    }

    /// <summary>Creates the query about rows or columns that the form does not ask for.</summary>
    /// <param name="kind">"row" or "column".</param>
    public static Finding NotAskedFor(string kind, CellRef at, IReadOnlyList<string> texts)
    {
        var (ending, them) = texts.Count == 1 ? (string.Empty, "it") : ("s", "them");
        return Finding.Query(
            Codes.FigureNotRead,
            at,
            $"We did not use the {kind}{ending} {FindingText.JoinWithAnd(texts.Take(MaxListed).Select(text => FindingText.Quote(text)), texts.Count - MaxListed)}. This return does not ask for {them}. If that is right, you do not need to do anything.");
    }
}
