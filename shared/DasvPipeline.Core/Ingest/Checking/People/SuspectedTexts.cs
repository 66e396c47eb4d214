using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>The texts of a file that may name a person. No finding, explanation or note repeats them.</summary>
public sealed class SuspectedTexts
{
    private const string Hidden = "(text not shown)";

    private readonly List<string> _texts;

    /// <param name="findings">The findings about people in the file.</param>
    public SuspectedTexts(Workbook workbook, IReadOnlyList<Finding> findings)
    {
        var cells = findings.Where(finding => finding is { Code: Codes.PossibleName, Cell: not null }).SelectMany(finding => finding.OtherCells.Prepend(finding.Cell!.Value)).ToHashSet();
        _texts = cells.Count == 0 ? [] : [.. workbook.Sheets.SelectMany(sheet => TextsOf(sheet, cells)).Distinct(StringComparer.Ordinal)];
    }

    public IEnumerable<Finding> Hide(IEnumerable<Finding> findings) => _texts.Count == 0 ? findings : findings.Select(Hide);

    public IReadOnlyList<Observation> Hide(IReadOnlyList<Observation> observations) => _texts.Count == 0
        ? observations
        : [.. observations.Select(observation => observation.Figure.Note is { } note && _texts.Exists(text => note.Contains(text, StringComparison.OrdinalIgnoreCase) || text.Contains(note, StringComparison.OrdinalIgnoreCase))
            ? observation with { Figure = observation.Figure with { Note = null } }
            : observation)];

    private static IEnumerable<string> TextsOf(Sheet sheet, HashSet<CellRef> cells) =>
        cells.Where(cell => cell.Sheet == sheet.Name).SelectMany(cell =>
            sheet.Comments.Where(comment => (comment.Row, comment.Column) == (cell.Row, cell.Column)).Select(comment => comment.Text).Prepend(sheet[cell.Row, cell.Column].Text ?? string.Empty))
        .Where(text => PersonName.Find(text) != NameCertainty.None);

    private Finding Hide(Finding finding)
    {
        var message = finding.Message;
        foreach (var text in _texts)
        {
            message = message.Replace(FindingText.Quote(text), Hidden, StringComparison.Ordinal).Replace(FindingText.OneLine(text, text.Length), Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return finding with
        {
            Message = message,
            Explanation = finding.Explanation is { } explanation && PersonalDataCheck.IsInText(explanation) ? null : finding.Explanation,
        };
    }
}
