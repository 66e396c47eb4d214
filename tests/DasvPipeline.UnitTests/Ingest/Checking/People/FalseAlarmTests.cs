using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Checking.People;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

/// <summary>Ordinary text by a data officer gives no finding.</summary>
public sealed class FalseAlarmTests
{
    public static TheoryData<string> Returns() => FilledForms.Ids();

    [Fact]
    public async Task No_sample_contains_personal_data()
    {
        var samples = await ExaminedSamples.AllAsync();
        Assert.Equal(92, samples.Count);
        Assert.All(samples, sample => Assert.Empty(PeopleFindings.In(WorkbookReader.Read(sample.Content, sample.FileName, ReadLimits.Default), sample.Return)));
    }

    [Theory]
    [MemberData(nameof(Returns))]
    public void No_form_contains_personal_data_blank_or_filled(string id)
    {
        var form = Examine.Form(id);
        Assert.Empty(PeopleFindings.In(ReadFile(FilledForms.Blank(form), "form.xlsx"), id));
        Assert.Empty(PeopleFindings.In(ReadFile(FilledForms.Fill(form), "form.xlsx"), id));
    }

    [Fact]
    public void No_words_of_the_catalogue_are_personal_data()
    {
        var catalogue = Examine.Catalogue;
        List<string> words =
        [
            .. catalogue.Forms.SelectMany(form => (string?[])[form.Title, form.Guidance, form.Return.ToString(), .. form.Tables.SelectMany(WordsOf)]).OfType<string>(),
            .. catalogue.Dimensions.Values.SelectMany(dimension => dimension.Codes.SelectMany(code => code.Aliases.Prepend(code.Label))),
        ];
        Assert.True(words.Count > 1000);

        // Arranges rows of labels below and next to one another in every way.
        foreach (var form in catalogue.Forms)
        {
            Assert.Empty(PeopleFindings.In(new Workbook(FileFormat.Csv, [new Sheet(null, [.. words.Select(Row)])], []), form.Return.ToString()));
        }
    }

    [Theory]
    [InlineData("£1,234,567.89")]
    [InlineData("1,234,567")]
    [InlineData("1,864")]
    [InlineData("April 2019 to March 2020")]
    [InlineData("01/04/2019 - 30/06/2019")]
    [InlineData("Saved 12 July 2019 at 14:35")]
    [InlineData("2019-07-12 14:35:02")]
    [InlineData("2019/20 Q1 (April - June)")]
    [InlineData("Form version 3")]
    [InlineData("37 approx, 3 (4 children), over 250, <5")]
    [InlineData("See note 1; figures as at 31.03.2020")]
    [InlineData("Includes PE1 to PE7 and CB24")]
    [InlineData("A8 countries, B4C programme, 1st to 4th group")]
    [InlineData("Charity no. 1088268, company 03333331")]
    [InlineData("Scheme worth £711,500 over 24 months from 01/10/2018")]
    [InlineData("Crime rate 12.3456789012% of 14116")]
    [InlineData("Source: Athena extract 20190712143502")]
    [InlineData("Born in the quarter: 12; born 2019-20: 40")]
    public void Ordinary_text_of_a_data_officer_gives_no_finding(string text)
    {
        Assert.Empty(PeopleFindings.InText(text));
        Assert.Empty(PeopleFindings.In(ReadCsv($"Outreach referrals,12\r\nNotes,\"{text}\"\r\n")));
    }

    [Fact]
    public void Dates_stored_by_spreadsheets_give_no_finding() => Assert.Empty(PeopleFindings.In(new Sheet(
        "Figures",
        [[new Cell(CellKind.Text, "Date"), new Cell(CellKind.Text, "Referrals")], [new Cell(CellKind.Date, "2019-04-01", 43556), new Cell(CellKind.Number, null, 12)], [new Cell(CellKind.Date, "2019-07-12 14:35", 43658.6), new Cell(CellKind.Number, null, 14)]])));

    private static IEnumerable<string?> WordsOf(FormTable table) =>
    [
        table.Title, table.Guidance, .. table.Names, .. table.Rows.Concat(table.Columns).SelectMany(member => member.Names.Prepend(member.Label)),
        .. table.Cells.SelectMany(cell => (string?[])[cell.Measure.Label, cell.Measure.Guidance, cell.Measure.Unit]),
    ];

    private static Cell[] Row(string text) => [new Cell(CellKind.Text, text), new Cell(CellKind.Number, null, 12)];
}
