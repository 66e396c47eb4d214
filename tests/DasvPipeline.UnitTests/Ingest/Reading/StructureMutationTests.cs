using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>
/// Valid files with random structural changes, written back as valid containers: elements moved in a zip with correct
/// checksums, records made longer and shorter, cells and rows removed and repeated. They are processed from bytes to
/// observations, and must give only findings.
/// </summary>
public sealed class StructureMutationTests
{
    private static readonly int Mutations = TestShare.Count(small: 20, ci: 400, all: 4_000);
    private const string Police = "constabulary/domestic-abuse";

    private static readonly string[] Values =
        ["", " ", "-1", "0", "1", "7", "999999999999", "2147483648", "1e400", "NaN", "A0", "1A", "XFD1048576", "s", "e", "str", "inlineStr", "b", "d", "true", "hidden", "../a", "Total", "Cambs", "Pboro", "#REF!", "\u202E", "_xD800_"];

    [Fact]
    public Task No_structural_change_of_a_filled_form_causes_a_crash()
    {
        var parts = Parts(FilledForms.Fill(Examine.Form(Police)));
        return MutateAsync(Police, "return.xlsx", random => Rezipped(random, parts));
    }

    [Fact]
    public Task No_structural_change_of_a_workbook_with_shared_texts_and_styles_causes_a_crash()
    {
        var parts = Parts(Fixture("figures.xlsx"));
        return MutateAsync(Police, "return.xlsx", random => Rezipped(random, parts));
    }

    [Fact]
    public Task No_structural_change_of_an_opendocument_spreadsheet_causes_a_crash()
    {
        var parts = Parts(OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("styles.xml", $"<s {OdsBytes.Namespaces}><style:style style:name=\"a\" style:family=\"table-cell\"/></s>")));
        return MutateAsync(ValidFiles.Return, "return.ods", random => Rezipped(random, parts));
    }

    [Fact]
    public Task No_change_of_the_records_of_an_older_workbook_causes_a_crash()
    {
        var records = Records(new XlsBytes().Global(XlsBytes.Texts(2, "Over 18s", "Under 18s")).Sheet(
            "Figures",
            [XlsBytes.Shared(1, 1, 0), XlsBytes.Number(1, 2, 51), XlsBytes.Shared(2, 1, 1), XlsBytes.Formula(2, 2, BitConverter.GetBytes(24d)), XlsBytes.Label(3, 1, "Total"), XlsBytes.CellRecord(0x0205, 3, 2, 0, 0x2A, 1)]).Workbook());
        return MutateAsync(ValidFiles.Return, "return.xls", random => CompoundBytes.Of(("Workbook", Rewritten(random, records))));
    }

    [Theory]
    [InlineData(ValidFiles.Csv)]
    [InlineData(ValidFiles.List)]
    public Task No_change_of_the_rows_and_cells_of_a_text_causes_a_crash(string good) => MutateAsync(ValidFiles.Return, "return.csv", random => Rearranged(random, good));

    private static async Task MutateAsync(string id, string fileName, Func<Random, byte[]> make)
    {
        foreach (var seed in TestShare.Seeds(Mutations))
        {
            var content = make(new Random(seed));
            ExaminationResult? examined = null;
            var fault = await Record.ExceptionAsync(async () => examined = await Examine.FileAsync(id, "2019-20-Q1", content, fileName));
            fault ??= Record.Exception(() => Check(examined!));
            Assert.True(fault is null, $"{fault}\n{TestShare.Repeat(seed)}");
        }
    }

    private static void Check(ExaminationResult examined)
    {
        Assert.True(examined.Findings.Count > 0 || examined.Observations.Count > 0, "Gives neither a finding nor a figure.");
        Assert.Equal(examined.Observations.Count, examined.Observations.Select(observation => observation.Key).Distinct().Count());
        Assert.NotEmpty(SubmissionReport.Create(null, null, examined).ToJson());
        foreach (var finding in examined.Findings)
        {
            Assert.Contains(finding.Message[^1], ".?");
            Assert.DoesNotContain(finding.Message, char.IsControl);
        }
    }

    private static List<(string Name, byte[] Content)> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry =>
        {
            using var stream = entry.Open();
            var content = new MemoryStream();
            stream.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    private static byte[] Rezipped(Random random, List<(string Name, byte[] Content)> parts)
    {
        var marked = parts.FindAll(part => part.Name.EndsWith(".xml", StringComparison.Ordinal) || part.Name.EndsWith(".rels", StringComparison.Ordinal));
        var changed = marked[random.Next(marked.Count)].Name;
        return XlsxBytes.Zip([.. parts.Select(part => part.Name == changed ? (part.Name, Rearranged(random, part.Content)) : part)]);
    }

    private static byte[] Rearranged(Random random, byte[] xml)
    {
        var document = XDocument.Load(new MemoryStream(xml));
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var elements = document.Descendants().ToList();
            var (element, other) = (elements[random.Next(elements.Count)], elements[random.Next(elements.Count)]);
            var attributes = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace != XNamespace.Xml).ToList();
            switch (random.Next(6))
            {
                case 0 when element.Parent is not null:
                    element.Remove();
                    break;
                case 1 when element.Parent is not null:
                    element.AddAfterSelf(new XElement(other));
                    break;
                case 2:
                    element.Add(new XElement(other));
                    break;
                case 3 when attributes.Count > 0:
                    attributes[random.Next(attributes.Count)].Value = Values[random.Next(Values.Length)];
                    break;
                case 4:
                    element.Name = other.Name;
                    break;
                default:
                    element.Value = Values[random.Next(Values.Length)];
                    break;
            }
        }

        using var stream = new MemoryStream();
        document.Save(stream, SaveOptions.DisableFormatting);
        return stream.ToArray();
    }

    private static List<(ushort Id, byte[] Data)> Records(byte[] stream)
    {
        var records = new List<(ushort, byte[])>();
        for (var at = 0; at + 4 <= stream.Length;)
        {
            var length = BitConverter.ToUInt16(stream, at + 2);
            records.Add((BitConverter.ToUInt16(stream, at), stream[(at + 4)..(at + 4 + length)]));
            at += 4 + length;
        }

        return records;
    }

    /// <summary>Mostly changes the records of the sheet, which follow those of the workbook that say where it begins.</summary>
    private static byte[] Rewritten(Random random, List<(ushort Id, byte[] Data)> records)
    {
        const ushort Beginning = 0x0809;
        var changed = records.ToList();
        var sheet = changed.FindLastIndex(record => record.Id == Beginning);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(random.Next(4) == 0 ? 0 : Math.Min(sheet, changed.Count - 1), changed.Count);
            var (id, data) = changed[at];
            switch (random.Next(6))
            {
                case 0 when changed.Count > 1:
                    changed.RemoveAt(at);
                    break;
                case 1:
                    changed.Insert(at, changed[random.Next(changed.Count)]);
                    break;
                case 2:
                    changed[at] = (id, data[..random.Next(data.Length + 1)]);
                    break;
                case 3:
                    changed[at] = (id, [.. data, .. new byte[random.Next(1, 9_000)]]);
                    break;
                case 4:
                    changed[at] = (changed[random.Next(changed.Count)].Id, data);
                    break;
                default:
                    changed[at] = (id, data.Length == 0 ? [(byte)random.Next(256)] : MutationTests.Mutated(random, data));
                    break;
            }
        }

        return [.. changed.SelectMany(record => XlsBytes.Record(record.Id, record.Data))];
    }

    private static byte[] Rearranged(Random random, string csv)
    {
        var rows = csv.Split("\r\n").Select(row => row.Split(',').ToList()).ToList();
        for (var times = random.Next(1, 8); times > 0; times--)
        {
            var row = rows[random.Next(rows.Count)];
            var at = random.Next(row.Count);
            switch (random.Next(6))
            {
                case 0 when row.Count > 1:
                    row.RemoveAt(at);
                    break;
                case 1:
                    row.Insert(at, Values[random.Next(Values.Length)]);
                    break;
                case 2:
                    row[at] = $"\"{row[at]}";
                    break;
                case 3:
                    rows.Insert(random.Next(rows.Count), [.. row]);
                    break;
                case 4:
                    row[at] = rows[random.Next(rows.Count)][0];
                    break;
                default:
                    row[at] = Values[random.Next(Values.Length)];
                    break;
            }
        }

        var separator = random.Next(3) switch { 0 => ";", 1 => "\t", _ => "," };
        return Encoding.UTF8.GetBytes(string.Join(random.Next(2) == 0 ? "\n" : "\r\n", rows.Select(row => string.Join(separator, row))));
    }
}
