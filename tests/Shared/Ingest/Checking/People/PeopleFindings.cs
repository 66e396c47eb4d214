using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.People;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Ingest.Checking.People;

/// <summary>Finds personal data in the cells of a test.</summary>
internal static class PeopleFindings
{
    private const string AnyForm = "refuge/services";

    private static readonly IReadOnlyList<Contact> Contacts = [new("Data team", "data@partnership.example.org", "01632 960100")];

    public static IReadOnlyList<Finding> In(Workbook workbook, string form = AnyForm) => PersonalDataCheck.Find(workbook, Examine.Form(form), Contacts);

    public static IReadOnlyList<Finding> In(Sheet sheet) => In(new Workbook(FileFormat.Xlsx, [sheet], []));

    /// <param name="text">Cells in the notation of <see cref="Grid"/>.</param>
    public static IReadOnlyList<Finding> InGrid(string text, string form = AnyForm) =>
        In(Workbooks.ReadFile(Grid.Of(text).Xlsx(), "return.xlsx"), form);

    public static IReadOnlyList<Finding> InText(string text) => In(new Sheet("Figures", [[new Cell(CellKind.Text, "Referrals"), new Cell(CellKind.Text, text)]]));

    /// <summary>Returns the findings, one line each: the kind of data and the cells.</summary>
    public static string Summary(IEnumerable<Finding> findings) => string.Join(
        "; ",
        findings.Select(finding => $"{What(finding)} {string.Join(' ', finding.OtherCells.Select(cell => (CellRef?)cell).Prepend(finding.Cell).Select(cell => cell?.Address))}"));

    private static string What(Finding finding)
    {
        Assert.Equal(Severity.Error, finding.Severity);
        if (finding.Code == Codes.RowPerPerson)
        {
            return "records";
        }

        Assert.Equal(Codes.PersonalData, finding.Code);
        (string Says, string Short)[] kinds =
        [
            ("NHS number", "nhs"), ("National Insurance number", "ni"), ("full postcode", "postcode"), ("e-mail address", "email"), ("telephone number", "telephone"),
            ("date of birth", "birth"), ("dates of birth", "birth"), ("a person's name", "name"), ("people's names", "name"),
        ];
        return kinds.First(kind => finding.Message.Contains(kind.Says, StringComparison.Ordinal)).Short;
    }
}
