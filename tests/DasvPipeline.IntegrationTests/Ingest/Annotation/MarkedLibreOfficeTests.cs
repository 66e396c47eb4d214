using DasvPipeline.IntegrationTests.Ingest.Reading;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Annotation;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Ingest.Annotation;

/// <summary>LibreOffice opens the marked copies of forms that it saved.</summary>
public sealed class MarkedLibreOfficeTests(SavedFiles saved) : IClassFixture<SavedFiles>
{
    private const string Name = "marked form";

    private static readonly string[] Formats = ["xlsx", "xls"];

    /// <summary>A form with two wrong figures.</summary>
    internal static async Task<IEnumerable<(string Name, byte[] Content)>> FilesAsync()
    {
        var form = Examine.Form("constabulary/domestic-abuse");
        var cells = (await Examine.FileAsync(form.Return.ToString(), "2019-20-Q1", FilledForms.Fill(form), "form.xlsx")).Observations.Select(observation => observation.Cell).ToList();
        return [(Name + ".xlsx", FilledForms.Type(FilledForms.Fill(form), "twelve", [cells[0], cells[^1]]))];
    }

    [LongFact]
    public async Task LibreOffice_opens_the_copy_of_each_format_and_saves_the_same_cells_and_comments()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-marked-");
        var books = new Dictionary<string, MarkedBook>();
        try
        {
            foreach (var format in Formats)
            {
                var content = await File.ReadAllBytesAsync(Path.Combine(await saved.FolderAsync(format), $"{Name}.{format}"), ct);
                var examined = await Examine.FileAsync("constabulary/domestic-abuse", "2019-20-Q1", content, "form." + format);
                books[format] = MarkedBook.Of(content, "form." + format, examined.Findings);
                books[format].AssertMarked(examined.Findings);
                await File.WriteAllBytesAsync(FileOf(format), books[format].Content, ct);
            }

            var opened = Path.Combine(folder.FullName, "opened");
            await LibreOffice.SaveAsync(folder.FullName, opened, "xlsx", Formats.Select(FileOf), ct);
            foreach (var (format, book) in books)
            {
                var again = await File.ReadAllBytesAsync(Path.Combine(opened, Path.GetFileName(FileOf(format))), ct);
                Assert.All(book.Read().Sheets.Zip(Workbooks.ReadFile(again, "marked.xlsx").Sheets), pair => Assert.Equal(Workbooks.Shown(pair.First), Workbooks.Shown(pair.Second)));
                Assert.Equal(MarkedBook.Comments(book.Content), MarkedBook.Comments(again));
            }
        }
        finally
        {
            Assert.All(books.Values, book => book.Dispose());
            folder.Delete(recursive: true);
        }

        string FileOf(string format) => Path.Combine(folder.FullName, $"marked {format}.xlsx");
    }
}
