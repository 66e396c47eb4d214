using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Bench;

/// <summary>An invented return of 50,000 figures (250 areas, 20 ages, 10 groups) in the long layout with six columns.</summary>
internal sealed class LargeReturn
{
    public const int Rows = 50_000;

    /// <summary>So many that a million cells are within the limit of rows.</summary>
    private const int CellsInRow = 20;
    private const int Areas = 250, Ages = 20, Groups = 10;
    private static readonly string[] Headings = ["measure", "area", "age-band", "group", "value", "note"];

    public LargeReturn()
    {
        Catalogue = PartnershipCatalogue.Load(CatalogueFiles());
        Form = Catalogue.Forms[0];
        Csv = Encoding.UTF8.GetBytes(string.Join("\r\n", Records().Prepend(Headings).Select(record => string.Join(',', record))) + "\r\n");
        Xlsx = WriteXlsx(Records().Prepend(Headings));
    }

    /// <summary>Writes a workbook with this many cells. None of them is in a table of a form.</summary>
    public static byte[] WriteCells(int cells) => WriteXlsx(Enumerable.Range(0, cells / CellsInRow).Select(row =>
        Enumerable.Range(0, CellsInRow).Select(column => ((row * 7919L + column) % 100_003).ToString(CultureInfo.InvariantCulture)).ToArray()));

    public PartnershipCatalogue Catalogue { get; }

    public Form Form { get; }

    public Period Period { get; } = Period.Parse("2019-20-Q1");

    public byte[] Csv { get; }

    public byte[] Xlsx { get; }

    /// <summary>Creates values of all sizes, with a note on every hundredth row.</summary>
    private static IEnumerable<string[]> Records()
    {
        for (var i = 0; i < Rows; i++)
        {
            var (area, age, group) = (i / (Ages * Groups), i / Groups % Ages, i % Groups);
            var value = (i * 7919L % 100_003).ToString(CultureInfo.InvariantCulture);
            yield return ["People supported", $"Area {area}", $"Age {age}", $"Group {group}", value, i % 100 == 0 ? "counted twice a week" : string.Empty];
        }
    }

    private static IEnumerable<CatalogueFile> CatalogueFiles()
    {
        yield return new CatalogueFile("partnership.yaml", "title: Bench\npublisher: Bench\nlicence: none\n");
        yield return new CatalogueFile("agencies.yaml", "agencies:\n  - { id: big, name: Big }\n");
        yield return new CatalogueFile("measures/all.yaml", "measures:\n  - { id: big.people, label: People supported, unit: people, adds: flow }\n");
        yield return new CatalogueFile("headlines.yaml", "headlines:\n  - { id: people, title: People, of: big.people, sentence: \"{value} people.\" }\n");
        yield return Dimension("area", "Area", Areas);
        yield return Dimension("age-band", "Age", Ages);
        yield return Dimension("group", "Group", Groups);
        var form = new StringBuilder("agency: big\nreturn: big\ntitle: Big\nevery: quarter\nfrom: 2019-20\ntables:\n  - id: all\n    title: All\n    measure: big.people\n    rows:\n");
        for (var area = 0; area < Areas; area++)
        {
            form.Append(CultureInfo.InvariantCulture, $"      - {{ area: area-{area} }}\n");
        }

        form.Append("    columns:\n");
        for (var i = 0; i < Ages * Groups; i++)
        {
            form.Append(CultureInfo.InvariantCulture, $"      - {{ age-band: age-{i / Groups}, group: group-{i % Groups}, label: Column {i} }}\n");
        }

        yield return new CatalogueFile("returns/big.big.yaml", form.ToString());
    }

    private static CatalogueFile Dimension(string id, string title, int count)
    {
        var text = new StringBuilder($"dimension: {id}\ntitle: {title}\ncodes:\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ code: {title.ToLowerInvariant()}-{i}, label: {title} {i} }}\n");
        }

        return new CatalogueFile($"dimensions/{id}.yaml", text.ToString());
    }

    /// <summary>Writes a workbook as spreadsheet programs do: with shared strings and numeric cells.</summary>
    private static byte[] WriteXlsx(IEnumerable<string[]> records)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var part = book.AddNewPart<WorksheetPart>();
            var shared = new Dictionary<string, int>(StringComparer.Ordinal);
            using (var writer = OpenXmlWriter.Create(part))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                var number = 0;
                foreach (var record in records)
                {
                    number++;
                    writer.WriteStartElement(new Row { RowIndex = (uint)number });
                    for (var column = 0; column < record.Length; column++)
                    {
                        if (record[column].Length > 0)
                        {
                            writer.WriteElement(Cell(record[column], new CellRef(null, number, column + 1).Address, column == 4 && number > 1, shared));
                        }
                    }

                    writer.WriteEndElement();
                }

                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            book.AddNewPart<SharedStringTablePart>().SharedStringTable =
                new SharedStringTable(shared.OrderBy(pair => pair.Value).Select(pair => new SharedStringItem(new Text(pair.Key))));
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = "Figures" }));
        }

        return stream.ToArray();
    }

    private static Cell Cell(string text, string address, bool isNumber, Dictionary<string, int> shared)
    {
        if (isNumber)
        {
            return new Cell { CellReference = address, CellValue = new CellValue(text) };
        }

        if (!shared.TryGetValue(text, out var index))
        {
            shared.Add(text, index = shared.Count);
        }

        return new Cell { CellReference = address, DataType = CellValues.SharedString, CellValue = new CellValue(index.ToString(CultureInfo.InvariantCulture)) };
    }
}
