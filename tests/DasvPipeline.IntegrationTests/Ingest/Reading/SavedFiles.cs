using DasvPipeline.IntegrationTests.Ingest.Annotation;
using DasvPipeline.IntegrationTests.Ingest.Forms;

namespace DasvPipeline.IntegrationTests.Ingest.Reading;

/// <summary>
/// Files that LibreOffice opened and saved in another format. All go through one call for each format, because it takes far
/// longer to start than to save a file.
/// </summary>
public sealed class SavedFiles(SharedFixtures shared) : IAsyncLifetime
{
    private Saved _saved = null!;

    public async ValueTask InitializeAsync() => _saved = await shared.GetAsync(() => Task.FromResult(new Saved()));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns the folder with the files as <c>xlsx</c>, <c>ods</c>, <c>xls</c> or <c>csv</c>. Skips the test on a machine without LibreOffice.</summary>
    internal Task<string> FolderAsync(string format)
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        return _saved.FolderAsync(format);
    }

    private sealed class Saved : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dasv-saved-");
        private readonly SemaphoreSlim _one = new(1);

        private static CancellationToken Ct => TestContext.Current.CancellationToken;

        public async Task<string> FolderAsync(string format)
        {
            await _one.WaitAsync(Ct);
            try
            {
                var saved = Path.Combine(_folder.FullName, format);
                if (!Directory.Exists(saved))
                {
                    var sent = new DirectoryInfo(Path.Combine(_folder.FullName, "sent"));
                    if (!sent.Exists)
                    {
                        await WriteAsync(sent);
                    }

                    await LibreOffice.SaveAsync(_folder.FullName, saved, format, sent.EnumerateFiles().Select(file => file.FullName).Order(StringComparer.Ordinal), Ct);
                }

                return saved;
            }
            finally
            {
                _one.Release();
            }
        }

        private static async Task WriteAsync(DirectoryInfo sent)
        {
            sent.Create();
            foreach (var (name, content) in LibreOfficeTests.Files().Concat(SavedFormatTests.Files()).Concat(EntryRuleTests.Files()).Concat(LiveCheckTests.Files()).Concat(await MarkedLibreOfficeTests.FilesAsync()))
            {
                await File.WriteAllBytesAsync(Path.Combine(sent.FullName, name), content, Ct);
            }
        }

        public ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            _one.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
