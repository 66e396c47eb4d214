using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds names of people in cells that no heading explains. A column with several names, a name next to an age, and a name with a title
/// are personal data. Any other name is only likely to be one.
/// </summary>
internal sealed class NamedCells(FoundPersonalData found, KnownLabels labels)
{
    private const int MaxAge = 110;

    private readonly Sheet _sheet = found.Sheet;

    /// <param name="cells">The cells with a text that may name a person.</param>
    public void Find(IReadOnlyList<(int Row, int Column, NameCertainty Certainty)> cells)
    {
        var likely = new List<(int Row, int Column)>();
        foreach (var (row, column, certainty) in cells.Where(cell => !IsAboutTheFile(cell.Row, cell.Column)))
        {
            if (certainty == NameCertainty.Certain || IsRecord(row, column))
            {
                found.Add(PersonalKind.Name, row, column);
            }
            else
            {
                likely.Add((row, column));
            }
        }

        foreach (var column in likely.GroupBy(cell => cell.Column))
        {
            var names = column.Where(cell => PersonName.Is(_sheet[cell.Row, cell.Column].Text!)).ToList();
            if (!IsHeaded(names) && names.Select(cell => _sheet[cell.Row, cell.Column].Text).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            {
                names.ForEach(cell => found.Add(PersonalKind.Name, cell.Row, cell.Column));
                found.LikelyNames.AddRange(column.Except(names));
            }
            else
            {
                found.LikelyNames.AddRange(column);
            }
        }
    }

    /// <summary>Returns true for the name of the person who completed the file, and for a label of the form.</summary>
    private bool IsAboutTheFile(int row, int column)
    {
        var text = _sheet[row, column].Text!;
        if (labels.IsFormLabel(Label.Normalise(text)) || StartsWithMetadata(text))
        {
            return true;
        }

        for (var left = column - 1; left >= 1; left--)
        {
            if (!_sheet[row, left].IsBlank)
            {
                return _sheet[row, left].Text is { } label && (StartsWithMetadata(label) || (IsNameLabel(label) && _sheet.Row(row).ToArray().Count(cell => !cell.IsBlank) == 2));
            }
        }

        return false;
    }

    /// <summary>Returns true if a text that is not a name is above the first name of a column. The heading then decides.</summary>
    private bool IsHeaded(List<(int Row, int Column)> names) =>
        names.Count > 0 && Enumerable.Range(1, names[0].Row - 1).Any(row => _sheet[row, names[0].Column] is { Kind: CellKind.Text });

    /// <summary>Returns true for "Name", the line of a form in which an officer writes their own name.</summary>
    private static bool IsNameLabel(string label) => PersonHeadingParser.Parse(label) == PersonHeadingKinds.Name && Label.Normalise(label).TrimEnd(':', ' ') is "name" or "your name" or "full name";

    private static bool StartsWithMetadata(string text)
    {
        var normal = text.Length <= Label.MaxLength ? Label.Normalise(text) : string.Empty;
        return PersonalDataWords.Current.CompletedByLabels.Any(label => normal.StartsWith(label, StringComparison.Ordinal));
    }

    /// <summary>Returns true for a name with an age next to it, and another text in the row.</summary>
    private bool IsRecord(int row, int column) =>
        PersonName.Is(_sheet[row, column].Text!)
        && Enumerable.Range(column + 1, 2).Any(at => _sheet[row, at] is { Kind: CellKind.Number, Number: >= 0 and <= MaxAge } cell && cell.Number == Math.Truncate(cell.Number))
        && _sheet.Row(row).ToArray().Count(cell => cell.Kind == CellKind.Text) > 1;
}
