using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>docs/disclosure.md shows which cells of the report's table are hidden. DASV_REGENERATE=1 regenerates it.</summary>
public sealed class DisclosurePageTests
{
    private static readonly string Page = Path.Combine(LocalFolders.Repository, "docs", "disclosure.md");

    [Fact]
    public async Task The_page_shows_the_published_table_and_why_each_number_is_hidden()
    {
        var (figures, disclosed) = await SamplesAsync();
        var table = disclosed.Tables.Single();
        var truth = figures.Single();
        Assert.InRange(disclosed.Hidden.Count(hiding => hiding.Cell.StartsWith("tables/", StringComparison.Ordinal)), 6, 15);
        Assert.Equal(truth.Cells.Single(cell => cell is { Row: null, Column: null }).Amount.Value, table.Cells.Single(cell => cell is { Row: null, Column: null }).Amount.Value);

        var wanted = Put(Put(await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken), "table", TableOf(table)), "reasons", ReasonsOf(table, disclosed.Hidden));
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await File.WriteAllTextAsync(Page, wanted, TestContext.Current.CancellationToken);
        }

        Assert.Equal(wanted, (await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"));
    }

    private static string Put(string page, string name, string text) =>
        Regex.Replace(page.ReplaceLineEndings("\n"), $"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)", match => match.Groups[1].Value + text + match.Groups[2].Value);

    private static string TableOf(TableFigures table)
    {
        var columns = table.Cells.Select(cell => cell.Column).Distinct().ToList();
        var text = new StringBuilder();
        text.Append($"| {table.Table.Rows.Title} | {string.Join(" | ", columns.Select(NameOf))} |\n|---|{string.Concat(columns.Select(_ => "---:|"))}\n");
        foreach (var row in table.Cells.GroupBy(cell => cell.Row))
        {
            text.Append($"| {NameOf(row.Key)} | {string.Join(" | ", row.Select(cell => TextOf(cell.Amount)))} |\n");
        }

        return text.ToString();
    }

    private static string ReasonsOf(TableFigures table, IReadOnlyList<SuppressedCell> hidden)
    {
        var names = table.Cells.ToDictionary(cell => TableFigures.CreateCellId(table.Table, cell.Row, cell.Column), cell => $"{NameOf(cell.Row)}, {NameOf(cell.Column)}");
        var text = new StringBuilder("| number | why |\n|---|---|\n");
        foreach (var hiding in hidden.Where(hiding => names.ContainsKey(hiding.Cell)))
        {
            var protects = hiding.Protects is { } other && names.TryGetValue(other, out var name) ? name : "a small figure";
            text.Append($"| {names[hiding.Cell]} | {(hiding.Because == Suppression.Primary ? "It is from 1 to 4." : $"*{protects}* could be worked out from it.")} |\n");
        }

        return text.ToString();
    }

    private static string NameOf(Code? code) => code?.Label ?? "All";

    private static string TextOf(Amount amount) => amount.Value is { } value
        ? value.ToString("0", System.Globalization.CultureInfo.InvariantCulture)
        : (amount.Markers & Markers.Confidential) != 0 ? "[c]" : "[x]";

    private static async Task<(IReadOnlyList<TableFigures> Figures, DisclosedYear Disclosed)> SamplesAsync()
    {
        var catalogue = Examine.Catalogue;
        var (path, file) = LocalFolders.FindReturns(LocalFolders.Samples).Single(sample => sample.Path.StartsWith("rape-crisis/clients/2019-20/", StringComparison.Ordinal));
        var key = new ReturnKey(ReturnId.TryParse("rape-crisis/clients")!.Value, Period.Parse(path.Split('/')[2]));
        var examined = await new CheckReturn(catalogue).RunAsync(catalogue.FindForm(key)!, key.Period, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), Path.GetFileName(file), CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
        var year = new YearFigures(catalogue, key.Period, [new LiveReturn(key, 1, examined.Observations)]);
        var tables = TableCalculator.Calculate(catalogue, year);
        return (tables, DisclosureControl.Apply(catalogue.Disclosure, HeadlineCalculator.Calculate(catalogue, year), tables, DisclosureHistory.Empty));
    }
}
