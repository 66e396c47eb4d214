using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Disclosure;

namespace DasvPipeline.Core.Oversight;

/// <summary>Names the numbers of a feed, for example "IDVA referrals, Cambridge City".</summary>
internal static class NumberNames
{
    /// <param name="id">The id of the number, as <see cref="CellId"/> and the tables create it.</param>
    /// <param name="catalogues">The catalogues to look in; the first that knows a word names it.</param>
    public static string Get(string id, params ReadOnlySpan<PartnershipCatalogue> catalogues)
    {
        foreach (var catalogue in catalogues)
        {
            if (Find(id.Split('/'), catalogue) is { } name)
            {
                return name;
            }
        }

        return id;
    }

    private static string? Find(string[] parts, PartnershipCatalogue catalogue)
    {
        if (parts is ["tables", var id, var row, var column])
        {
            return catalogue.Tables.FirstOrDefault(table => table.Id == id) is { } table ? $"{table.Title}, {LabelOf(table.Rows, row)}, {LabelOf(table.Columns, column)}" : null;
        }

        if (parts is ["report", var reportTable, var line, var position])
        {
            return catalogue.Report?.Tables.FirstOrDefault(table => table.Id == reportTable) is { } table
                ? $"Annual report, {table.Title}, {LabelOf(catalogue, table.Rows, line)}, {LabelOf(catalogue, table.Columns, position)}"
                : null;
        }

        if (!catalogue.GetNewestHeadlines().TryGetValue(parts[0], out var headline))
        {
            return null;
        }

        return parts[1..] switch
        {
            [CellId.Total] => headline.Title,
            [var period] when Period.TryParse(period, out var known) => $"{headline.Title}, {known.Label}",
            [var dimension, var code] when catalogue.Dimensions.Values.FirstOrDefault(item => item.Id == dimension) is { } found => $"{headline.Title}, {LabelOf(found, code)}",
            _ => null,
        };
    }

    private static string LabelOf(PartnershipCatalogue catalogue, IEnumerable<ReportAxisItem> lines, string id) => lines.FirstOrDefault(line => line.Id == id) is { } named
        ? named.Label ?? named.Measure?.Label ?? id
        : lines.Select(line => line.Dimension is { } dimension ? catalogue.Dimensions[dimension].Find(id)?.Label : null).OfType<string>().FirstOrDefault() ?? (id is ['q', var quarter] ? $"Q{quarter}" : id);

    private static string LabelOf(Dimension dimension, string code) => dimension.Codes.FirstOrDefault(item => item.Id == code)?.Label ?? "total";
}
