using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Receive;

/// <summary>
/// What a spreadsheet program says while a form is filled in. A number must look like its measure; a text is let through,
/// for what people write instead of a number ("37 approx", "[x]") is for the reader to understand.
/// </summary>
internal static class FormEntries
{
    // What Excel shows of each.
    public const int LongestTitle = 32;
    public const int LongestPrompt = 255;
    public const int LongestError = 225;

    /// <summary>The rule of the cells that ask for figures of one measure.</summary>
    public static DataValidation OfFigures(Measure measure, IReadOnlyList<(int Row, int Column)> cells)
    {
        // A formula is written for the first cell and is meant for each.
        var first = new CellRef(null, cells.Min(cell => cell.Row), cells.Min(cell => cell.Column)).Address;
        return new DataValidation(new Formula1(Rule(measure.Quantity, first)))
        {
            Type = DataValidationValues.Custom,
            ErrorStyle = DataValidationErrorStyleValues.Stop,
            AllowBlank = true,
            ShowInputMessage = true,
            ShowErrorMessage = true,
            PromptTitle = Cut(measure.Label, LongestTitle),
            Prompt = Cut(measure.Guidance ?? Ask(measure.Quantity), LongestPrompt),
            ErrorTitle = "Check this figure",
            Error = $"{Ask(measure.Quantity)} Write [x] if the figure is not available, or an estimate as 37 approx.",
            SequenceOfReferences = Ranges(cells),
        };
    }

    /// <summary>Suggestions for the notes; whoever fills the form in may write anything else.</summary>
    /// <param name="list">The cells that hold them; null where there are none.</param>
    public static DataValidation OfNotes(string? list, IReadOnlyList<(int Row, int Column)> cells)
    {
        var entry = new DataValidation
        {
            AllowBlank = true,
            ShowInputMessage = true,
            ShowErrorMessage = false,
            PromptTitle = "Notes",
            Prompt = list is null ? "Write what should be known about the figures in this row." : "Write what should be known about the figures in this row, or choose from the list.",
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
    /// Not with OR and AND alone: a program works out all that stands in them, and text that is taken for a number is an
    /// error, which would refuse the text.
    /// </summary>
    public static string Rule(Quantity quantity, string cell) => $"IF(ISNUMBER({cell}),{Bounds(quantity, cell)},ISTEXT({cell}))";

    private static string Bounds(Quantity quantity, string cell) => quantity switch
    {
        Quantity.Percent => $"AND({cell}>=0,{cell}<=1)",
        Quantity.Hours or Quantity.Pounds => $"{cell}>=0",
        _ => $"AND({cell}>=0,{cell}=INT({cell}))",
    };

    private static string Ask(Quantity quantity) => quantity switch
    {
        Quantity.Percent => "Enter a percentage from 0% to 100%.",
        Quantity.Pounds => "Enter an amount in pounds, 0 or more.",
        Quantity.Hours => "Enter a number of hours, 0 or more.",
        _ => "Enter a whole number, 0 or more.",
    };

    /// <summary>Each column's cells as few ranges: "B5:B9 D5:D9".</summary>
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

    private static string Cut(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1).TrimEnd(), "…");
}
