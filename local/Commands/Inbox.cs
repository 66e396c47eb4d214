using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Local.Host;

namespace DasvPipeline.Local.Commands;

/// <summary>
/// Copies the files of a folder to the container of returns, in the order of their modification times. If a file is removed from the
/// folder, its copy is deleted too.
/// </summary>
internal sealed class Inbox(LaptopHost laptop, string folder)
{
    private readonly IUploadStore _uploads = laptop.Services.GetRequiredService<IUploadStore>();

    /// <summary>The files that were compared, with their modification times and lengths. They are not read again.</summary>
    private readonly Dictionary<string, (DateTime At, long Length)> _compared = new(StringComparer.Ordinal);

    /// <summary>The id of this folder, which is kept with its files. Another folder can be used with the same store.</summary>
    private readonly string _id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..16];

    /// <summary>Uploads the files if the container is empty.</summary>
    public async Task UploadToEmptyStoreAsync(CancellationToken ct)
    {
        if (!await _uploads.ListAsync(string.Empty, ct).AnyAsync(ct))
        {
            await StoreAsync([.. FindFiles()], inbox: null, ct);
        }
    }

    /// <summary>Uploads new and changed files, and deletes the copies of removed ones.</summary>
    /// <returns>The paths of the deleted copies.</returns>
    public async Task<IReadOnlyList<string>> UploadChangesAsync(CancellationToken ct)
    {
        var stored = await _uploads.ListAsync(string.Empty, ct).ToDictionaryAsync(upload => upload.Path, StringComparer.Ordinal, cancellationToken: ct);
        var files = FindFiles();
        var changed = new List<InboxFile>();
        foreach (var file in files.Where(file => !stored.ContainsKey(file.Path) || _compared.GetValueOrDefault(file.Path) != (file.At, file.Length)))
        {
            if (stored.GetValueOrDefault(file.Path)?.Checksum != await ReadChecksumAsync(file, ct))
            {
                changed.Add(file);
            }

            _compared[file.Path] = (file.At, file.Length);
        }

        await StoreAsync(changed, _id, ct);
        return Directory.Exists(folder) ? await DeleteRemovedAsync(stored.Values, files, ct) : [];
    }

    private async Task StoreAsync(IReadOnlyList<InboxFile> files, string? inbox, CancellationToken ct)
    {
        foreach (var moment in files.GroupBy(file => file.At).OrderBy(moment => moment.Key))
        {
            var contents = new List<(string, ReadOnlyMemory<byte>)>();
            foreach (var file in moment)
            {
                contents.Add((file.Path, await File.ReadAllBytesAsync(file.File, ct)));
            }

            await using var scope = await laptop.Services.OpenScopeAsync(nameof(Inbox), ct);
            await scope.ServiceProvider.GetRequiredService<SendReturn>().StoreAsync(contents, inbox, ct);
        }
    }

    private async Task<IReadOnlyList<string>> DeleteRemovedAsync(IEnumerable<Upload> stored, IReadOnlyList<InboxFile> files, CancellationToken ct)
    {
        var paths = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var removed = stored.Where(upload => upload.Mark?.Inbox == _id && !paths.Contains(upload.Path)).Select(upload => upload.Path).ToList();
        foreach (var path in removed)
        {
            _compared.Remove(path);
            await laptop.Account.GetBlobContainerClient(UploadPath.Container).GetBlobClient(path).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: ct);
        }

        return removed;
    }

    private IReadOnlyList<InboxFile> FindFiles() =>
        [.. LocalFolders.FindReturns(folder).Select(item => (item.Path, Info: new FileInfo(item.File))).Where(item => item.Info.Exists).Select(item => new InboxFile(item.Path, item.Info.FullName, item.Info.LastWriteTimeUtc, item.Info.Length))];

    /// <summary>Returns the checksum that the service stores with an upload of this file.</summary>
    private static async Task<string> ReadChecksumAsync(InboxFile file, CancellationToken ct)
    {
#pragma warning disable CA5351 // Not for security: the Blob service defines this hash.
        return Convert.ToHexStringLower(MD5.HashData(await File.ReadAllBytesAsync(file.File, ct)));
#pragma warning restore CA5351
    }

    private sealed record InboxFile(string Path, string File, DateTime At, long Length);
}
