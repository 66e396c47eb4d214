namespace DasvPipeline.Core.Domain.Findings;

/// <summary>Sorts findings as a person works through them.</summary>
internal static class FindingOrder
{
    /// <summary>Sorts findings by severity, and then by their position in the file. Those about the whole file come first.</summary>
    /// <param name="sheets">The names of the sheets, in the order of the workbook.</param>
    public static List<Finding> Sort(IEnumerable<Finding> findings, IReadOnlyList<string?> sheets)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in sheets.OfType<string>())
        {
            order.TryAdd(name, order.Count);
        }

        return
        [
            .. findings.OrderByDescending(finding => finding.Severity)
                .ThenBy(finding => finding.Cell?.Sheet is { } sheet ? order.GetValueOrDefault(sheet, int.MaxValue) : -1)
                .ThenBy(finding => finding.Cell?.Row)
                .ThenBy(finding => finding.Cell?.Column)
                .ThenBy(finding => finding.Code, StringComparer.Ordinal),
        ];
    }
}
