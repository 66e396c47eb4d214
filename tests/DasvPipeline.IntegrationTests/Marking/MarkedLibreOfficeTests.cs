using DasvPipeline.IntegrationTests.Read;
using DasvPipeline.Tests.Marking;
using DasvPipeline.Tests.Read;
using DasvPipeline.Tests.Receive;

namespace DasvPipeline.IntegrationTests.Marking;

/// <summary>Marked copies of forms that a real LibreOffice saved, opened by it again.</summary>
public sealed class MarkedLibreOfficeTests
{
    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [InlineData("ods")]
    public async Task LibreOffice_opens_the_copy_of_each_format_and_saves_the_same_cells_and_comments(string format)
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-marked");
        try
        {
            var form = Examine.Form("constabulary/domestic-abuse");
            var cells = (await Examine.FileAsync(form.Return.ToString(), "2019-20-Q1", FilledForms.Fill(form), "form.xlsx")).Observations.Select(observation => observation.Cell).ToList();
            var file = Path.Combine(folder.FullName, "form.xlsx");
            await File.WriteAllBytesAsync(file, FilledForms.Type(FilledForms.Fill(form), "twelve", [cells[0], cells[^1]]), ct);
            var sent = Path.Combine(folder.FullName, "sent");
            await LibreOffice.SaveAsync(folder.FullName, sent, format, [file], ct);
            var content = await File.ReadAllBytesAsync(Path.Combine(sent, "form." + format), ct);
            var examined = await Examine.FileAsync(form.Return.ToString(), "2019-20-Q1", content, "form." + format);
            using var book = MarkedBook.Of(content, "form." + format, examined.Findings);
            book.AssertMarked(examined.Findings);

            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "marked.xlsx"), book.Content, ct);
            var opened = Path.Combine(folder.FullName, "opened");
            await LibreOffice.SaveAsync(folder.FullName, opened, "xlsx", [Path.Combine(folder.FullName, "marked.xlsx")], ct);
            var saved = await File.ReadAllBytesAsync(Path.Combine(opened, "marked.xlsx"), ct);
            Assert.All(book.Read().Sheets.Zip(Reading.ReadFile(saved, "marked.xlsx").Sheets), pair => Assert.Equal(Reading.Shown(pair.First), Reading.Shown(pair.Second)));
            Assert.Equal(MarkedBook.Comments(book.Content), MarkedBook.Comments(saved));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
