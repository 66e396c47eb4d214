using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Tables of rows by columns on an invented form, and two tables that differ only in their titles.</summary>
public sealed class MatrixTests
{
    private const string Id = "cada/clients";
    private const string Pair = "cada/pair";

    private static readonly PartnershipCatalogue Catalogue = PartnershipCatalogue.Load(
    [
        .. PartnershipCatalogue.EmbeddedFiles(),
        new CatalogueFile("measures/made-up.yaml", "measures:\n  - { id: made.clients, label: Clients, unit: clients, adds: flow }\n  - { id: made.leavers, label: Leavers, unit: clients, adds: flow }\n"),
        new CatalogueFile("returns/cada.clients.yaml", Form("clients", Table("clients", "Clients by age and gender", "made.clients"))),
        new CatalogueFile("returns/cada.pair.yaml", Form("pair", Table("clients", "Clients", "made.clients"), Table("leavers", "Leavers", "made.leavers"))),
    ]);

    [Theory]
    [InlineData("""
        Clients by age and gender
        |Female|Male|Trans / non-binary
        18 and over|192|11|4
        Under 18|135|6|1
        """)]
    [InlineData("""
        |Men|Trans / non-binary|Women|Total|Notes
        Under 18s|6|1|135|142|a note
        Adults|11|4|192|207|
        Total|17|5|327|349|
        """)]
    [InlineData("""
        Clients

        Age|Under 18|18 and over|Total
        Female|135|192|327
        Male|6|11|17
        Trans / non-binary|1|4|5
        Total|142|207|349
        """)]
    public async Task A_table_of_rows_by_columns_is_read_in_any_order_and_swapped(string cells)
    {
        var examined = await Examine.GridAsync(Id, "2019-20", cells, Catalogue);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("192 11 4 135 6 1", Examine.Values(examined, Examine.Form(Id, Catalogue)));
    }

    [Fact]
    public async Task A_missing_column_is_reported()
    {
        var examined = await Examine.GridAsync(Id, "2019-20", "|Female|Male\nAdults|192|11\nUnder 18s|135|6", Catalogue);
        Assert.Contains("no column for \"Trans / non-binary\"", Examine.Only(examined, Severity.Query, Codes.MissingLabel).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_column_is_an_error_at_its_label()
    {
        var examined = await Examine.GridAsync(Id, "2019-20", "|Female|Mael|Trans / non-binary\nAdults|192|11|4\nUnder 18s|135|6|1", Catalogue);
        var finding = Examine.Only(examined, Severity.Error, Codes.UnknownLabel);
        Assert.Equal(("Sheet1!C1", "\"Mael\" is not one of the labels we ask for here. Did you mean \"Male\"?"), (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task The_same_column_twice_is_an_error_for_each_figure()
    {
        var examined = await Examine.GridAsync(Id, "2019-20", "|Female|Male|Trans / non-binary|Women\nAdults|192|11|4|5\nUnder 18s|135|6|1|5", Catalogue);
        Assert.Equal(["Sheet1!E2", "Sheet1!E3"], examined.Findings.Select(finding => finding.Cell.ToString()));
        Assert.All(examined.Findings, finding => Assert.Equal((Severity.Error, Codes.SameRowTwice), (finding.Severity, finding.Code)));
        Assert.Contains("at Sheet1!B2 and at Sheet1!E2", examined.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_total_of_either_direction_that_differs_is_an_error()
    {
        var examined = await Examine.GridAsync(Id, "2019-20", "|Female|Male|Trans / non-binary|Total\nAdults|192|11|4|208\nUnder 18s|135|6|1|142\nTotal|327|18|5|350", Catalogue);
        Assert.Equal(["Sheet1!E2", "Sheet1!C4"], examined.Findings.Select(finding => finding.Cell.ToString()));
        Assert.Equal("The total of \"Clients by age and gender\" is 208, but its parts add up to 207. Correct the one that is wrong.", examined.Findings[0].Message);
    }

    [Fact]
    public async Task Two_similar_tables_are_distinguished_by_their_titles()
    {
        const string Cells = """
            Leavers
            |Female|Male|Trans / non-binary
            Adults|1|2|3
            Under 18s|4|5|6

            Clients
            |Female|Male|Trans / non-binary
            Adults|11|12|13
            Under 18s|14|15|16
            """;
        var examined = await Examine.GridAsync(Pair, "2019-20", Cells, Catalogue);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("11 12 13 14 15 16 1 2 3 4 5 6", Examine.Values(examined, Examine.Form(Pair, Catalogue)));
    }

    private static string Form(string name, params string[] tables) =>
        $"agency: cada\nreturn: {name}\ntitle: Made-up\nevery: year\nfrom: 2019-20\ntables:\n{string.Concat(tables)}";

    private static string Table(string id, string title, string measure) =>
        $"""
          - id: {id}
            title: {title}
            measure: {measure}
            rows: [{"{ age: 18-and-over }, { age: under-18 }, { total: Total }"}]
            columns:
              - {"{ gender: female }"}
              - {"{ gender: male }"}
              - {"{ gender: trans-or-non-binary, label: Trans / non-binary }"}
              - {"{ total: Total }"}

        """;
}
