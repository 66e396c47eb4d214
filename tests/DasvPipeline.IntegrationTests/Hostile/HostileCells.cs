using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Hostile;

/// <summary>Valid files of every format with hostile content in a cell.</summary>
internal static class HostileCells
{
    private static readonly string[] Errors = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];

    public static IEnumerable<HostileFile> Files() => Formulas().Concat(Labels()).Concat(Many().Select(HostileFile.Heavy));

    private static IEnumerable<HostileFile> Formulas()
    {
        yield return new("a formula without a value.xlsx", ValidFiles.XlsxWith("><f>SUM(C1:C9)</f>"));
        yield return new("a formula without a value.ods", OdsBytes.Of(ValidFiles.OdsRow("Over 18s", "<table:table-cell table:formula=\"of:=SUM([.C1:.C9])\"/>") + ValidFiles.OdsRow("Under 18s", OdsBytes.Number("24"))));
        yield return new("a formula that fetches.xlsx", ValidFiles.XlsxWith("><f>WEBSERVICE(\"http://127.0.0.1:9/\")</f><v>51</v>"));
        yield return new("a formula that starts a program.xlsx", ValidFiles.XlsxWith("><f>cmd|' /C calc'!A0</f><v>51</v>"));
        yield return new("a formula that starts a program.ods", OdsBytes.OfSheets(
            "<table:dde-links/>" + OdsBytes.Sheet(ValidFiles.OdsRow("Over 18s", OdsBytes.Number("51", "table:formula=\"of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)\"")) + ValidFiles.OdsRow("Under 18s", OdsBytes.Number("24")))));
        yield return new("text that starts a program.csv", "Over 18s,=cmd|' /C calc'!A0\r\nUnder 18s,24\r\n");
        yield return new("a label that starts a program.csv", "Over 18s,51\r\n=cmd|' /C calc'!A0,7\r\nUnder 18s,24\r\n");
        yield return new("a note with markup.csv", ValidFiles.List.Replace("51,", "51,<img src=x onerror=alert(1)>", StringComparison.Ordinal));
        foreach (var error in Errors)
        {
            var name = error.Trim('#', '!', '?').Replace('/', ' ');
            yield return new($"{name} in a cell.xlsx", ValidFiles.XlsxWith($"t=\"e\"><v>{error}</v>"));
            yield return new($"{name} in a cell.csv", $"Over 18s,{error}\r\nUnder 18s,24\r\n");
        }

        yield return new("an error in a cell.ods", OdsBytes.Of(
            ValidFiles.OdsRow("Over 18s", "<table:table-cell table:formula=\"of:=1/0\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>") + ValidFiles.OdsRow("Under 18s", OdsBytes.Number("24"))));
        yield return new("an error in a cell.xls", new XlsBytes().Sheet("Figures", [XlsBytes.Label(1, 1, "Over 18s"), XlsBytes.CellRecord(0x0205, 1, 2, 0, 0x17, 1), .. ValidFiles.XlsRecords[2..]]).ToArray());
        foreach (var number in (string[])["1e400", "NaN", "-1", "1e308", "4294967296", "0x1F", "12.5"])
        {
            yield return new($"the number {number}.xlsx", ValidFiles.XlsxWith($"><v>{number}</v>"));
        }
    }

    private static IEnumerable<HostileFile> Labels()
    {
        (string Kind, string Label)[] labels =
        [
            ("a Cyrillic letter", "Оver 18s"), ("a zero-width space", "Over\u200B 18s"), ("a soft hyphen", "Over 1\u00AD8s"), ("a zero-width joiner", "Over 18s\u200D"),
            ("a mark that turns text round", "\u202EOver 18s"), ("a byte order mark inside", "Over \uFEFF18s"), ("a non-breaking space", "Over\u00A018s"),
            ("full-width digits", "Over １８s"), ("markup", "<script>alert(1)</script>"), ("a tab and a line break", "Over\t \"\"18s"),
        ];
        foreach (var (kind, label) in labels)
        {
            yield return new($"a label with {kind}.csv", $"\"{label.Replace("\"\"", "\n", StringComparison.Ordinal)}\",51\r\nUnder 18s,24\r\n");
        }
    }

    /// <summary>Repeats content that is fast to process once but may be slow a hundred thousand times.</summary>
    private static IEnumerable<HostileFile> Many()
    {
        var random = new Random(1);
        string Word() => string.Create(40, random, (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = (char)('a' + source.Next(26));
            }
        });

        yield return new("a million known labels.csv", ValidFiles.Repeated(string.Concat(Enumerable.Repeat("Adults,", 499)) + "Adults\r\n", 7_000_000));
        yield return new("the table 20,000 times.csv", ValidFiles.Repeated(ValidFiles.Csv + "\r\n", 20_000 * 28));
        yield return new("100,000 unknown labels.csv", ValidFiles.Csv + string.Concat(Enumerable.Range(0, 99_998).Select(_ => $"{Word()},1\r\n")));
        yield return new("100,000 unknown measures.csv", ValidFiles.List + string.Concat(Enumerable.Range(0, 99_997).Select(_ => $"{Word()},,1,\r\n")));
        yield return new("100,000 times the same row.csv", ValidFiles.List + ValidFiles.Repeated("sarc.referrals,under-18,24,\r\n", 99_997 * 29));
        yield return new("100,000 figures in one row's place.csv", "x,y,Over 18s\r\n" + ValidFiles.Repeated(",,1\r\n", 99_998 * 5));
        yield return new("100,000 notes.csv", ValidFiles.Csv + ValidFiles.Repeated("\r\n,,7", 99_000 * 5));
        yield return new("100,000 headings.csv", string.Concat(Enumerable.Range(0, 50).Select(_ => string.Join(',', Enumerable.Repeat("Over 18s,Q1 2019-20", 250)) + "\r\n")) + ValidFiles.Csv);
        yield return new("100,000 columns.csv", string.Join(',', Enumerable.Repeat("1", 100_000)) + "\r\n" + ValidFiles.Csv);
        yield return new("a million separators.csv", new string(',', 1_000_000) + "\r\n" + ValidFiles.Csv);
        yield return new("a million separators and a figure.csv", new string(',', 1_000_000) + "1\r\n" + ValidFiles.Csv);
        yield return new("five million line breaks.csv", new string('\n', 5_000_000) + ValidFiles.Csv);
        yield return new("five million quotes.csv", new string('"', 5_000_001));
        yield return new("ten million letters in a cell.csv", $"Over 18s,{new string('a', 10_000_000)}\r\nUnder 18s,24\r\n");
        yield return new("five million words in a cell.csv", $"Over 18s,{ValidFiles.Repeated("a ", 10_000_000)}\r\nUnder 18s,24\r\n");
        yield return new("five million words in a label.csv", $"{ValidFiles.Repeated("a ", 10_000_000)},7\r\n" + ValidFiles.Csv);
        yield return new("five million words for a measure.csv", $"{ValidFiles.List}{ValidFiles.Repeated("a ", 10_000_000)},,7,\r\n");
        yield return new("five million words in a note.csv", ValidFiles.List.Replace("51,", "51," + ValidFiles.Repeated("a ", 10_000_000), StringComparison.Ordinal));
        yield return new("ten million spaces in a cell.csv", $"Over 18s,\"51{new string(' ', 10_000_000)}x\"\r\nUnder 18s,24\r\n");
        yield return new("ten megabytes of commas.csv", new string(',', 10 * 1024 * 1024));
    }
}
