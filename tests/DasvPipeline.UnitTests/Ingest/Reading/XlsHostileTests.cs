using System.Buffers.Binary;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class XlsHostileTests
{
    private const uint Free = 0xFFFFFFFF;
    private const int HeaderTableCount = 44, HeaderDirectory = 48, HeaderTableList = 68, HeaderTable = 76;

    // One sector of table, one of directory, then the workbook.
    private const int Directory = 2 * CompoundBytes.SectorLength;
    private const int WorkbookEntry = Directory + 128;
    private const int FirstOfWorkbook = 2;

    private static readonly byte[] Good = Of(Number(1, 1, 17));

    private static byte[] Changed(int at, uint value)
    {
        byte[] bytes = [.. Good];
        CompoundBytes.Put32(bytes, at, value);
        return bytes;
    }

    [Fact]
    public void A_workbook_truncated_at_any_point_is_damaged()
    {
        Assert.Equal(17, Accepted(ReadFile(Good, "return.xls"))[1, 1].Number);
        for (var length = 8; length < Good.Length - CompoundBytes.SectorLength; length += 97)
        {
            Refused(ReadFile(Good[..length], "return.xls"), Codes.Damaged);
        }
    }

    [Theory]
    [InlineData(HeaderTableCount, 0x7FFFFFFFu)]
    [InlineData(HeaderTableCount, 0u)]
    [InlineData(HeaderTable, 0x00FFFFFFu)]
    [InlineData(HeaderTable, Free)]
    [InlineData(HeaderDirectory, 0x00FFFFFFu)]
    [InlineData(HeaderDirectory, Free)]
    [InlineData(CompoundBytes.Table + 4, 1u)] // the directory follows itself
    [InlineData(CompoundBytes.Table + (4 * FirstOfWorkbook), (uint)FirstOfWorkbook)]
    [InlineData(CompoundBytes.Table + (4 * (FirstOfWorkbook + 2)), (uint)FirstOfWorkbook)]
    [InlineData(CompoundBytes.Table + (4 * FirstOfWorkbook), 0x00FFFFFFu)]
    [InlineData(CompoundBytes.Table + (4 * FirstOfWorkbook), Free)]
    [InlineData(WorkbookEntry + 68, 1u)] // its left neighbour is itself
    [InlineData(WorkbookEntry + 72, 0u)] // a neighbour that is the root is not followed round
    [InlineData(WorkbookEntry + 72, 0x00FFFFFFu)]
    [InlineData(WorkbookEntry + 116, 0x00FFFFFFu)]
    [InlineData(WorkbookEntry + 120, 0x7FFFFFFFu)]
    [InlineData(WorkbookEntry + 120, 0xFFFFFFF0u)]
    [InlineData(WorkbookEntry + 120, 100u)] // among the short streams, of which there are none
    [InlineData(28, 0u)]
    [InlineData(30, 0x00060020u)]
    public void Chains_that_loop_end_early_or_leave_the_file_are_damage(int at, uint value)
    {
        var workbook = ReadFile(Changed(at, value), "return.xls");
        if (at == WorkbookEntry + 72 && value == 0)
        {
            // A second entry with the root's own name next to the workbook does no harm.
            Assert.Single(workbook.Sheets);
            return;
        }

        Refused(workbook, Codes.Damaged);
    }

    [Fact]
    public void A_loop_in_the_sector_table_list_is_damage()
    {
        var bytes = new byte[CompoundBytes.SectorLength * 400];
        Good.CopyTo(bytes, 0);
        CompoundBytes.Put32(bytes, HeaderTableCount, 390);
        CompoundBytes.Put32(bytes, HeaderTableList, 20);
        CompoundBytes.Put32(bytes, (21 * CompoundBytes.SectorLength) + 508, 20);
        Refused(ReadFile(bytes, "return.xls"), Codes.Damaged);
    }

    [Fact]
    public void Two_workbooks_under_one_name_are_damage() =>
        Refused(ReadFile(CompoundBytes.Of(("Workbook", new byte[10]), ("WORKBOOK", new byte[10])), "return.xls"), Codes.Damaged);

    public static TheoryData<string, byte[]> BadRecords => new()
    {
        { "a record that runs out of the stream", Of(U16(0x0203), U16(0xFFFF)) },
        { "a number cut short", Of(Record(0x0203, new byte[8])) },
        { "not a number", Of(Number(1, 1, double.NaN)) },
        { "an unknown error code", Of(CellRecord(0x0205, 1, 1, 0, 0x55, 1)) },
        { "numbers that say another end", Of(CellRecord(0x00BD, 1, 1, 0, [.. U32(6), .. U16(7)])) },
        { "a text cut short", Of(CellRecord(0x0204, 1, 1, 0, [.. U16(9), 0, 65])) },
        { "half a letter", Of(CellRecord(0x0204, 1, 1, 0, [.. U16(1), 1, 65])) },
        { "a formula of unknown kind", Of(Formula(1, 1, [9, 0, 0, 0, 0, 0, 0xFF, 0xFF])) },
        { "a cell there twice", Of(Number(1, 1, 1), Number(1, 1, 2)) },
        { "a cell there twice, with others between", Of(Number(1, 1, 1), Number(2, 1, 3), Number(1, 1, 2)) },
        { "a text that is missing", new XlsBytes().Global(Texts(2, "Hunts")).Sheet("S", Shared(1, 1, 1)).ToArray() },
        { "texts that lie of their number", new XlsBytes().Global(Texts(0, "Hunts")).Sheet("S", Shared(1, 1, 0)).ToArray() },
        { "a text longer than its records", new XlsBytes().Global(Record(0x00FC, [.. U32(1), .. U32(1), .. U16(60_000), 0, 65])).Sheet("S").ToArray() },
        { "runs beyond the records", new XlsBytes().Global(Record(0x00FC, [.. U32(1), .. U32(1), .. U16(1), 8, .. U16(60_000), 65])).Sheet("S").ToArray() },
        { "an extension of four thousand million bytes", new XlsBytes().Global(Record(0x00FC, [.. U32(1), .. U32(1), .. U16(1), 4, .. U32(uint.MaxValue), 65])).Sheet("S").ToArray() },
        { "a sheet out of the stream", new XlsBytes { Position = 0x7FFFFFFF }.Sheet("S").ToArray() },
        { "a sheet in the middle of a record", new XlsBytes { Position = 7 }.Sheet("S").ToArray() },
        { "a sheet that is the workbook", new XlsBytes { Position = 0 }.Sheet("S").ToArray() },
        { "no end", CompoundBytes.Of(("Workbook", [.. Enumerable.Repeat(Record(0x0809, [.. U16(0x0600), .. U16(5)]), 600).SelectMany(record => record)])) },
        { "nothing", CompoundBytes.Of(("Workbook", [])) },
        { "no beginning", CompoundBytes.Of(("Workbook", Record(0x0203, new byte[14]))) },
    };

    [Theory]
    [MemberData(nameof(BadRecords))]
    public void A_malformed_record_is_damage(string what, byte[] content)
    {
        Assert.NotEmpty(what);
        Refused(ReadFile(content, "return.xls"), Codes.Damaged);
    }

    [Fact]
    public void A_false_count_of_four_thousand_million_texts_is_ignored() =>
        Assert.Equal("Hunts", Accepted(ReadFile(new XlsBytes().Global(Texts(uint.MaxValue, "Hunts")).Sheet("S", Shared(1, 1, 0)).ToArray(), "return.xls"))[1, 1].Text);

    [Fact]
    public void Two_sheets_at_the_same_position_are_damage()
    {
        var file = new XlsBytes().Sheet("A", Number(1, 1, 1)).Sheet("B", Number(1, 1, 2)).ToArray();
        var stream = new XlsBytes().Sheet("A", Number(1, 1, 1)).Sheet("B", Number(1, 1, 2)).Workbook();
        var first = BinaryPrimitives.ReadUInt32LittleEndian(stream.AsSpan(stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x85, 0, 9, 0]) + 4));
        Assert.Equal(2, ReadFile(file, "return.xls").Sheets.Count);
        Refused(ReadFile(new XlsBytes { Position = first }.Sheet("A", Number(1, 1, 1)).Sheet("B", Number(1, 1, 2)).ToArray(), "return.xls"), Codes.Damaged);
    }

    [Fact]
    public void A_workbook_with_macros_is_refused()
    {
        Refused(ReadFile(new XlsBytes().Sheet("S", Number(1, 1, 1)).Stream("_VBA_PROJECT_CUR").ToArray(), "return.xls"), Codes.Macros);
        Refused(ReadFile(new XlsBytes().Sheet("S", Number(1, 1, 1)).Sheet("Macro1", 0, 1).ToArray(), "return.xls"), Codes.Macros);
    }

    [Fact]
    public void An_encrypted_workbook_is_refused_because_of_its_password() =>
        Refused(ReadFile(new XlsBytes().Global(Record(0x002F, new byte[6])).Sheet("S").ToArray(), "return.xls"), Codes.PasswordProtected);

    [Fact]
    public void Links_and_embedded_objects_are_ignored_with_a_note()
    {
        var link = Record(0x01AE, [.. U16(1), .. U16(9), .. new byte[12]]);
        var itself = Record(0x01AE, [.. U16(1), .. U16(0x0401)]);
        Assert.Equal(Codes.LinksIgnored, Assert.Single(ReadFile(new XlsBytes().Global(link).Sheet("S", Number(1, 1, 1)).ToArray(), "return.xls").Findings).Code);
        Assert.Equal(Codes.LinksIgnored, Assert.Single(ReadFile(new XlsBytes().Sheet("S", Number(1, 1, 1)).Stream("MBD0018D4CE").ToArray(), "return.xls").Findings).Code);
        Assert.Empty(ReadFile(new XlsBytes().Global(itself).Sheet("S", Number(1, 1, 1)).ToArray(), "return.xls").Findings);
    }

    [Fact]
    public void More_rows_columns_cells_sheets_or_letters_than_the_limits_are_refused()
    {
        Refused(ReadFile(Of(Number(1, 501, 1)), "return.xls"), Codes.TooManyCells);
        Refused(ReadFile(Of(Number(4, 1, 1)), "return.xls", new ReadLimits { RowsPerSheet = 3 }), Codes.TooManyCells);
        Refused(ReadFile(Of(Number(1, 5, 1), Number(2, 6, 1)), "return.xls", new ReadLimits { Cells = 10 }), Codes.TooManyCells);
        Refused(ReadFile(new XlsBytes().Sheet("A").Sheet("B").ToArray(), "return.xls", new ReadLimits { Sheets = 1 }), Codes.TooManyCells);
        Refused(ReadFile(Of(Label(1, 1, "a text that is too long")), "return.xls", new ReadLimits { Characters = 20 }), Codes.TooManyCells);
        Refused(ReadFile(new XlsBytes().Global(Texts(1, "a text that is too long")).Sheet("S").ToArray(), "return.xls", new ReadLimits { Characters = 20 }), Codes.TooManyCells);
        Refused(ReadFile(new XlsBytes().Global(Texts(3, "", "", "")).Sheet("S").ToArray(), "return.xls", new ReadLimits { Cells = 2 }), Codes.TooManyCells);
    }
}
