using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>Loads the examples of CONTRIBUTING.md as a reader would add them.</summary>
public sealed partial class ContributingExamplesTests
{
    private static readonly ReturnId Calls = new(new AgencyId("fens-helpline"), "calls");

    [Fact]
    public void The_examples_load_and_describe_an_agency_with_a_form_a_headline_a_table_and_checks()
    {
        var catalogue = PartnershipCatalogue.Load(WithExamples());

        var form = catalogue.FindNewestForm(Calls)!;
        Assert.Equal(6, form.Cells.Length);
        Assert.NotEmpty(FormWorkbook.Write(catalogue, form, Period.FromYear(2020).WithQuarter(1), null));
        var published = catalogue.FindNewestForm(Calls with { Name = "outcomes" })!;
        Assert.Equal((1000m, 2, "[x]"), (published.Tables[0].Scale, published.Tables[0].Ignored.Count, $"[{string.Concat(published.Symbols["nk"].Markers.ToLetters())}]"));
        Assert.Contains(catalogue.Headlines, headline => headline.Id.Value == "fens-calls");
        Assert.Contains(catalogue.Tables, table => table.Id == "fens-calls-by-age-and-gender");
        Assert.Equal(4, Examples()["catalogue/checks.yaml"].Split('\n').Count(line => line.TrimStart().StartsWith("- {", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_example_names_its_file_and_every_kind_of_file_has_an_example() => Assert.Equal(
        [
            "catalogue/agencies.yaml", "catalogue/checks.yaml", "catalogue/headlines.yaml", "catalogue/measures/fens-helpline.yaml", "catalogue/returns/fens-helpline.calls.yaml",
            "catalogue/returns/fens-helpline.outcomes.yaml", "catalogue/tables.yaml",
        ],
        Examples().Keys.Order(StringComparer.Ordinal));

    /// <summary>The built-in catalogue, with each example added to its file or as a new file.</summary>
    private static List<CatalogueFile> WithExamples()
    {
        var files = PartnershipCatalogue.EmbeddedFiles().ToDictionary(file => "catalogue/" + file.Path, file => file.Text, StringComparer.Ordinal);
        foreach (var (file, text) in Examples())
        {
            files[file] = files.TryGetValue(file, out var before) ? before.TrimEnd() + "\n" + text : text;
        }

        return [.. files.Select(file => new CatalogueFile(file.Key["catalogue/".Length..], file.Value))];
    }

    /// <summary>Returns the YAML blocks, each with the last file name in the text above it.</summary>
    private static Dictionary<string, string> Examples()
    {
        var text = File.ReadAllText(Path.Combine(LocalFolders.Repository, "CONTRIBUTING.md")).ReplaceLineEndings("\n");
        var examples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in text.Split("\n### ").Skip(1))
        {
            var block = Block().Match(section);
            examples.Add(FileName().Matches(section[..block.Index]).First(match => File.Exists(Path.Combine(LocalFolders.Repository, match.Groups[1].Value)) || match.Groups[1].Value.Contains("fens", StringComparison.Ordinal)).Groups[1].Value, block.Groups[1].Value);
        }

        return examples;
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(catalogue/[\w./-]+\.yaml)`")]
    private static partial Regex FileName();
}
