using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Tests.Publish;

namespace DasvPipeline.UnitTests.Publish;

public sealed class HeadlinesCsvTests
{
    public static TheoryData<string> Documents => [KeptReleases.Samples, KeptReleases.Corrected, KeptReleases.Small, "samples/1.2018-19.json"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_figure_of_the_document_has_one_row_and_no_other_has(string name)
    {
        var document = KeptReleases.Document(name);
        var expected = document.Headlines.SelectMany(headline => new[] { (headline.Id, "total", "total", document.Period.Id, headline.Value, headline.Markers) }
            .Concat(headline.Series.Where(point => point.Period.Contains('Q', StringComparison.Ordinal)).Select(point => (headline.Id, "total", "total", point.Period, point.Value, point.Markers)))
            .Concat(headline.Breakdowns.SelectMany(split => split.Items, (split, item) => (headline.Id, split.Dimension, item.Code, document.Period.Id, item.Value, item.Markers))));

        var rows = Rows(document);

        Assert.Equal(
            expected.Select(figure => string.Create(
                CultureInfo.InvariantCulture, $"{figure.Item1} {figure.Item2} {figure.Item3} {figure.Item4} {figure.Item5} {string.Join(' ', figure.Item6)}")).Order(StringComparer.Ordinal),
            rows.Skip(1).Select(row => $"{row[0]} {row[2]} {row[3]} {row[5]} {row[8]} {row[10]}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_row_matches_the_metadata(string name)
    {
        var document = KeptReleases.Document(name);
        var rows = Rows(document);
        using var metadata = JsonDocument.Parse(CsvMetadata.Create(document, FeedLinks.Relative, string.Empty).Content);
        var columns = metadata.RootElement.GetProperty("tableSchema").GetProperty("columns").EnumerateArray().ToList();

        Assert.Equal(rows[0], columns.Select(column => column.GetProperty("name").GetString()));
        Assert.All(columns, column => Assert.NotEqual(string.Empty, column.GetProperty("dc:description").GetString()));
        Assert.All(rows.Skip(1), row => Assert.All(columns.Index(), column => Assert.True(Fits(column.Item, row[column.Index]), $"{rows[0][column.Index]}: {row[column.Index]}")));
        var key = metadata.RootElement.GetProperty("tableSchema").GetProperty("primaryKey").EnumerateArray().Select(column => Array.IndexOf(rows[0], column.GetString())).ToList();
        Assert.Equal(rows.Count - 1, rows.Skip(1).Select(row => string.Join('\n', key.Select(column => row[column]))).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_metadata_names_its_file_the_publisher_and_the_licence()
    {
        using var metadata = JsonDocument.Parse(CsvMetadata.Create(KeptReleases.Document(KeptReleases.Samples), FeedLinks.Relative, string.Empty).Content);
        var root = metadata.RootElement;
        Assert.Equal("headlines.csv", root.GetProperty("url").GetString());
        Assert.Equal("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", root.GetProperty("dc:license").GetProperty("@id").GetString());
        Assert.StartsWith("Cambridgeshire and Peterborough", root.GetProperty("dc:publisher").GetString(), StringComparison.Ordinal);
        Assert.Equal("http://www.w3.org/ns/csvw", root.GetProperty("@context")[0].GetString());
    }

    [Fact]
    public void A_hidden_value_is_empty_and_says_so()
    {
        var row = Rows(KeptReleases.Document(KeptReleases.Small)).Single(row => row[0] == "sarc-referrals" && row[3] == "under-18");
        Assert.Equal(("", "c p"), (row[8], row[10]));
    }

    [Fact]
    public void Text_is_stored_as_text_and_cannot_start_a_formula()
    {
        var document = KeptReleases.Document(KeptReleases.Samples);
        document = document with { Headlines = [document.Headlines[0] with { Title = "=1+1", Notes = ["\"One\", two\nthree £"], Value = -5, Series = [], Breakdowns = [] }] };

        var text = Encoding.UTF8.GetString(HeadlinesCsv.Create(document).Content);

        Assert.EndsWith("\r\nidva-referrals,\"'=1+1\",total,total,Total,2019-20,2019-04-01,2020-03-31,-5,referrals,,\"\"\"One\"\", two\nthree £\"\r\n", text, StringComparison.Ordinal);
        Assert.StartsWith("headline,", text, StringComparison.Ordinal);
    }

    private static List<string[]> Rows(HeadlinesDocument document)
    {
        using var reader = CsvHelper.CsvReader.Create(new MemoryStream(HeadlinesCsv.Create(document).Content), new CsvHelper.CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }

    private static bool Fits(JsonElement column, string text)
    {
        if (text.Length == 0)
        {
            return !column.TryGetProperty("required", out _);
        }

        var type = column.GetProperty("datatype");
        var (kind, format) = type.ValueKind == JsonValueKind.Object ? (type.GetProperty("base").GetString(), type.GetProperty("format").GetString()) : (type.GetString(), null);
        return (column.TryGetProperty("separator", out var separator) ? text.Split(separator.GetString()) : [text]).All(part =>
            (format is null || Regex.IsMatch(part, $"^(?:{format})$")) && kind switch
            {
                "decimal" => decimal.TryParse(part, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
                "date" => DateOnly.TryParseExact(part, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                _ => kind == "string",
            });
    }
}
