using CsvHelper;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// Writes the file of a nil return: the long list, with 0 for every figure that the form asks for. A percentage has [z], because a share of
/// nothing is not 0.
/// </summary>
public static class NilReturnFile
{
    public const string Name = "nil-return.csv";

    private const string NotApplicable = "[z]";

    public static byte[] Write(Form form, Period period)
    {
        var cells = form.GetRequestedCells(period);
        var dimensions = cells.SelectMany(cell => cell.Key.Breakdown.Codes()).Select(code => code.Key).Distinct().Order(StringComparer.Ordinal).ToList();
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
        {
            csv.WriteRecord((string[])["measure", "area", .. dimensions, "value"]);
            foreach (var cell in cells)
            {
                var codes = cell.Key.Breakdown.Codes().ToDictionary(code => code.Key, code => code.Value, StringComparer.Ordinal);
                csv.WriteRecord((string[])[cell.Measure.Id.Value, cell.Key.Area.Value, .. dimensions.Select(dimension => codes.GetValueOrDefault(dimension, string.Empty)), GetValue(cell)]);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Returns what a nil return says of a figure.</summary>
    public static string GetValue(FormCell cell) => cell.Measure.Quantity == Quantity.Percent || cell.Measure.Aggregation == Aggregation.Rate ? NotApplicable : "0";
}
