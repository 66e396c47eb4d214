using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>What a page or a program needs for entering the figures of a return.</summary>
/// <param name="Texts">The texts in the fields.</param>
/// <param name="Stored">The saved draft; null if there is no draft.</param>
/// <param name="LiveVersion">The version whose figures are used; null if none are.</param>
/// <param name="Previous">The accepted figures of the period before; null if there are none.</param>
public sealed record EntrySheet(Form Form, ReturnKey Key, EntryTexts Texts, StoredDraft? Stored, int? LiveVersion, PreviousFigures? Previous)
{
    /// <summary>The saved draft, if it was not sent yet.</summary>
    public EntryDraft? Unsent => Stored is { Draft: { SentAs: null } draft } ? draft : null;

    /// <summary>Returns the text of a figure's field; null if it is blank.</summary>
    public string? GetText(FormCell cell) => Texts.Figures.GetValueOrDefault(cell.Key.ToString());

    /// <summary>Returns the note of a row; null if it has none.</summary>
    public string? GetNote(FormCell first) => Texts.Notes.GetValueOrDefault(first.Key.ToString());

    /// <summary>Returns the accepted figure of the period before as a text; null if we have no such figure.</summary>
    public string? GetPrevious(FormCell cell) => Previous?.Figures.TryGetValue(cell.Key, out var figure) == true ? Format(figure, cell, isShown: true) : null;

    /// <summary>Returns the sum of the entered numbers of a total, and how many of its parts are not numbers.</summary>
    public (decimal Sum, int Missing) GetTotal(FormTable table, int row, int column)
    {
        var numbers = GetParts(table, row, column).Select(cell => GetText(cell) is { } text ? EntryWorkbook.ParseNumber(text, cell.Measure.Quantity) : null).ToList();
        return (numbers.Sum() ?? 0, numbers.Count(number => number is null));
    }

    /// <summary>Returns the figures that a total adds up.</summary>
    public static IReadOnlyList<FormCell> GetParts(FormTable table, int row, int column) =>
        [.. table.GetParts(row, column).Select(part => table[part.Row, part.Column]).OfType<FormCell>()];

    /// <summary>Returns true for the figure whose key names its row: the first that is not a total.</summary>
    public static bool IsFirstOfRow(FormCell cell) => Enumerable.Range(0, cell.Column).All(column => cell.Table[cell.Row, column] is null);

    /// <summary>Returns the texts of accepted figures, as a person would enter them to correct one.</summary>
    internal static EntryTexts FromAccepted(Form form, IReadOnlyDictionary<FigureKey, Figure> figures) => EntryTexts.None with
    {
        Figures = form.Cells.Where(cell => figures.ContainsKey(cell.Key)).ToDictionary(cell => cell.Key.ToString(), cell => Format(figures[cell.Key], cell, isShown: false), StringComparer.Ordinal),
    };

    private static string Format(Figure figure, FormCell cell, bool isShown)
    {
        var markers = string.Concat(figure.Markers.ToLetters().Select(letter => $"[{letter}]"));
        if (figure.Value is not { } value)
        {
            return markers;
        }

        var number = isShown ? FigureFormatter.FormatValue(value / cell.Table.Scale, cell.Measure.Quantity)
            : cell.Measure.Quantity == Quantity.Percent ? FormattableString.Invariant($"{(value * 100).TrimTrailingZeros()}%")
            : (value / cell.Table.Scale).TrimTrailingZeros().ToString(CultureInfo.InvariantCulture);
        return markers.Length == 0 ? number : $"{number} {markers}";
    }
}
