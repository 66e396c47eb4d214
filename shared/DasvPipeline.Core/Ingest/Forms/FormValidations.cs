using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// Creates the prompts and validation rules of a form. A number must fit its measure. Any text is accepted, because the
/// reader understands what people write instead of a number ("37 approx", "[x]").
/// </summary>
internal static class FormValidations
{
    // Excel's limits, in characters.
    public const int MaxTitleLength = 32;
    public const int MaxPromptLength = 255;
    public const int MaxErrorLength = 225;

    /// <summary>Creates the rule of the cells for one measure.</summary>
    /// <param name="scale">What the figures are multiplied by. Thousands of people can have decimals.</param>
    public static DataValidation CreateForFigures(Measure measure, decimal scale, IReadOnlyList<(int Row, int Column)> cells)
    {
        var quantity = scale != 1 && measure.Quantity == Quantity.Count ? Quantity.Number : measure.Quantity;
        var hint = measure.AllowsNegative ? Hint(quantity).Replace(", 0 or more.", ". It can be less than 0.", StringComparison.Ordinal) : Hint(quantity);
        // The formula refers to the first cell, and Excel adapts it for the others.
        var first = new CellRef(null, cells.Min(cell => cell.Row), cells.Min(cell => cell.Column)).Address;
        return new DataValidation(new Formula1(CreateRule(quantity, first, measure.AllowsNegative)))
        {
            Type = DataValidationValues.Custom,
            ErrorStyle = DataValidationErrorStyleValues.Stop,
            AllowBlank = true,
            ShowInputMessage = true,
            ShowErrorMessage = true,
            PromptTitle = Truncate(measure.Label, MaxTitleLength),
            Prompt = Truncate(measure.Guidance ?? hint, MaxPromptLength),
            ErrorTitle = "Check this figure",
            Error = $"{hint} Write [x] if the figure is not available, or an estimate as 37 approx.",
            SequenceOfReferences = Ranges(cells),
        };
    }

    /// <summary>Creates the suggestions for the notes. Agencies can also write their own text.</summary>
    /// <param name="list">The range of the suggestions, or null if there are none.</param>
    public static DataValidation CreateForNotes(string? list, IReadOnlyList<(int Row, int Column)> cells)
    {
        var entry = new DataValidation
        {
            AllowBlank = true,
            ShowInputMessage = true,
            ShowErrorMessage = false,
            PromptTitle = "Notes",
            Prompt = list is null ? "Explain the figures in this row, if needed." : "Explain the figures in this row, if needed, or choose from the list.",
            SequenceOfReferences = Ranges(cells),
        };
        if (list is not null)
        {
            entry.Type = DataValidationValues.List;
            entry.Append(new Formula1(list));
        }

        return entry;
    }

    /// <summary>
    /// Returns the formula of a rule. It uses IF, because OR and AND evaluate all their parts: a comparison of text with a
    /// number is an error there, and the text would be refused.
    /// </summary>
    public static string CreateRule(Quantity quantity, string cell, bool allowsNegative = false) =>
        allowsNegative ? $"OR(ISNUMBER({cell}),ISTEXT({cell}))" : $"IF(ISNUMBER({cell}),{Bounds(quantity, cell)},ISTEXT({cell}))";

    private static string Bounds(Quantity quantity, string cell) => quantity switch
    {
        Quantity.Percent => $"AND({cell}>=0,{cell}<=1)",
        Quantity.Number or Quantity.Hours or Quantity.Pounds => $"{cell}>=0",
        _ => $"AND({cell}>=0,{cell}=INT({cell}))",
    };

    private static string Hint(Quantity quantity) => quantity switch
    {
        Quantity.Percent => "Enter a percentage from 0% to 100%.",
        Quantity.Pounds => "Enter an amount in pounds, 0 or more.",
        Quantity.Hours => "Enter a number of hours, 0 or more.",
        Quantity.Number => "Enter a number, 0 or more.",
        _ => "Enter a whole number, 0 or more.",
    };

    /// <summary>Combines the cells of each column into ranges: "B5:B9 D5:D9".</summary>
    private static ListValue<StringValue> Ranges(IReadOnlyList<(int Row, int Column)> cells)
    {
        var ranges = new List<string>();
        foreach (var column in cells.GroupBy(cell => cell.Column, cell => cell.Row))
        {
            var rows = column.Order().ToList();
            for (int i = 0, first = 0; i < rows.Count; i++)
            {
                if (i + 1 == rows.Count || rows[i + 1] != rows[i] + 1)
                {
                    var (from, to) = (new CellRef(null, rows[first], column.Key).Address, new CellRef(null, rows[i], column.Key).Address);
                    ranges.Add(from == to ? from : $"{from}:{to}");
                    first = i + 1;
                }
            }
        }

        return new ListValue<StringValue> { InnerText = string.Join(' ', ranges) };
    }

    private static string Truncate(string text, int maxLength) => text.Length <= maxLength ? text : string.Concat(text.AsSpan(0, maxLength - 1).TrimEnd(), "…");
}
