using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The hashes of a catalogue: of all its files, and of what each year's documents depend on.</summary>
/// <param name="All">The hash of all files.</param>
/// <param name="Shared">The hash of the files that every year depends on.</param>
/// <param name="Policy">The hash of the disclosure policy.</param>
internal sealed record CatalogueHash(string All, string Shared, string Policy)
{
    /// <summary>Part of each year's hash. Change it if the same catalogue gives other figures after a change of the code.</summary>
    private const string CalculationVersion = "2";

    /// <summary>The files that are the same for every year. The forms and measures of a year are compared by their content.</summary>
    private static readonly string[] SharedFiles = ["partnership.yaml", "headlines.yaml", "tables.yaml", "disclosure.yaml", "dimensions/"];

    /// <param name="files">The files, in the order of their paths.</param>
    public static CatalogueHash Create(IReadOnlyList<CatalogueFile> files) => new(
        HashOf(files), HashOf(files.Where(file => SharedFiles.Any(shared => file.Path == shared || (shared.EndsWith('/') && file.Path.StartsWith(shared, StringComparison.Ordinal))))),
        HashOf(files.Where(file => file.Path == "disclosure.yaml")));

    /// <summary>Returns the hash of a year: the shared files, and the returns that are due with the names, figures and measures of their forms.</summary>
    public string GetHash(PartnershipCatalogue catalogue, Period year)
    {
        var text = new StringBuilder().AppendJoin('\n', CalculationVersion, Shared, year.ToString());
        foreach (var due in catalogue.GetReturnsDueIn(year).GroupBy(item => item.Form, item => item.Key.Period))
        {
            var form = due.Key;
            text.Append('\n').AppendJoin('\0', form.Return.ToString(), catalogue.GetAgencyName(form.Return.Agency, year), form.Title, string.Join(' ', due));
            foreach (var cell in form.Cells)
            {
                text.Append('\n').AppendJoin('\0', cell.Key.ToString(), cell.Measure.Unit, cell.Measure.Quantity.ToString(), cell.Measure.Aggregation.ToString(), cell.Measure.Coverage.ToString(), string.Join(' ', cell.Measure.Breaks));
            }
        }

        foreach (var check in LinkedChecks.Find(catalogue, year))
        {
            text.Append('\n').AppendJoin('\0', check.Id, check.CanBeLess.ToString(), string.Join(' ', check.SeparateDimensions), string.Join(" + ", check.LeftOperands.Select(terms => DescribeTerms(terms))), DescribeTerms(check.RightOperand));
        }

        return HashOf(text.ToString());
    }

    /// <summary>Returns a hash of everything that the value of a headline depends on, apart from the figures and the disclosure policy.</summary>
    public static string GetDefinitionHash(PartnershipCatalogue catalogue, Headline headline, Period year)
    {
        var text = new StringBuilder().AppendJoin('\0', headline.Operation.ToString(), headline.Unit, headline.Quantity.ToString(), string.Join(' ', headline.Numerators), string.Join(' ', headline.Denominators));
        foreach (var due in catalogue.GetReturnsDueIn(year).GroupBy(item => item.Form, item => item.Key.Period))
        {
            foreach (var cell in due.Key.Cells.Where(cell => headline.Measures.Contains(cell.Measure.Id)))
            {
                text.Append('\n').AppendJoin('\0', due.Key.Return.ToString(), string.Join(' ', due), cell.Key.ToString(), cell.Measure.Unit, cell.Measure.Quantity.ToString(), cell.Measure.Aggregation.ToString());
            }
        }

        return HashOf(text.ToString());
    }

    private static string DescribeTerms(IEnumerable<TermDefinition> terms) =>
        string.Join(", ", terms.Select(term => term.Measure + string.Concat(term.Codes.Select(codes => $" {codes.Key}={string.Join('/', codes.Value)}"))));

    private static string HashOf(IEnumerable<CatalogueFile> files) =>
        HashOf(string.Join('\0', files.SelectMany(file => new[] { file.Path, file.Text.ReplaceLineEndings("\n") })));

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
