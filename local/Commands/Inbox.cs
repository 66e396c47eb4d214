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
/// folder, its copy is deleted too. A file that cannot be read is reported once, and tried again each time.
/// </summary>
/// <param name="report">Gets a sentence about each file or folder that cannot be read; null to report none.</param>
internal sealed class Inbox(LaptopHost laptop, string folder, Action<string>? report = null)
{
    private readonly IUploadStore _uploads = laptop.Services.GetRequiredService<IUploadStore>();

    /// <summary>The files that were compared, with their modification times and lengths. They are not read again.</summary>
    private readonly Dictionary<string, (DateTime At, long Length)> _compared = new(StringComparer.Ordinal);

    /// <summary>The sentences about files and folders that cannot be read now.</summary>
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    /// <summary>The id of this folder, which is kept with its files. Another folder can be used with the same store.</summary>
    private readonly string _id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..16];

    /// <summary>True if the container was empty when it was first looked at; null before.</summary>
    private bool? _wasEmpty;

    /// <summary>Uploads the files if the container was empty. If the store fails meanwhile, a repeat uploads the rest.</summary>
    public async Task UploadToEmptyStoreAsync(CancellationToken ct)
    {
        var stored = await _uploads.ListAsync(string.Empty, ct).Select(upload => upload.Path).ToHashSetAsync(cancellationToken: ct);
        _wasEmpty ??= stored.Count == 0;
        if (_wasEmpty == true)
        {
            await StoreAsync([.. FindFiles(FolderListing.Read(folder)).Where(file => !stored.Contains(file.Path))], inbox: null, ct);
        }
    }

    /// <summary>Uploads new and changed files, and deletes the copies of removed ones.</summary>
    /// <returns>The paths of the deleted copies.</returns>
    public async Task<IReadOnlyList<string>> UploadChangesAsync(CancellationToken ct)
    {
        var stored = await _uploads.ListAsync(string.Empty, ct).ToDictionaryAsync(upload => upload.Path, StringComparer.Ordinal, cancellationToken: ct);
        var listing = FolderListing.Read(folder);
        ReportUnreadable(listing);
        var changed = new List<InboxFile>();
        foreach (var file in FindFiles(listing).Where(file => !stored.ContainsKey(file.Path) || _compared.GetValueOrDefault(file.Path) != (file.At, file.Length)))
        {
            if (await TryReadAsync(file, ct) is not { } content)
            {
                continue;
            }

            if (stored.GetValueOrDefault(file.Path)?.Checksum == ChecksumOf(content))
            {
                _compared[file.Path] = (file.At, file.Length);
            }
            else
            {
                changed.Add(file);
            }
        }

        await StoreAsync(changed, _id, ct);
        return await DeleteRemovedAsync(stored.Values, listing, ct);
    }

    private async Task StoreAsync(IReadOnlyList<InboxFile> files, string? inbox, CancellationToken ct)
    {
        foreach (var moment in files.GroupBy(file => file.At).OrderBy(moment => moment.Key))
        {
            var contents = new List<(string, ReadOnlyMemory<byte>)>();
            foreach (var file in moment)
            {
                if (await TryReadAsync(file, ct) is { } content)
                {
                    contents.Add((file.Path, content));
                }
            }

            await using var scope = await laptop.Services.OpenScopeAsync(nameof(Inbox), ct);
            await scope.ServiceProvider.GetRequiredService<SendReturn>().StoreAsync(contents, inbox, ct);
        }

        // Only now, so that a file is compared again if the store has failed.
        foreach (var file in files.Where(file => !_problems.ContainsKey(file.Path)))
        {
            _compared[file.Path] = (file.At, file.Length);
        }
    }

    private async Task<IReadOnlyList<string>> DeleteRemovedAsync(IEnumerable<Upload> stored, FolderListing listing, CancellationToken ct)
    {
        var paths = listing.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var removed = stored.Where(upload => upload.Mark?.Inbox == _id && !paths.Contains(upload.Path) && !listing.MayHold(upload.Path)).Select(upload => upload.Path).ToList();
        foreach (var path in removed)
        {
            _compared.Remove(path);
            await laptop.Account.GetBlobContainerClient(UploadPath.Container).GetBlobClient(path).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: ct);
        }

        return removed;
    }

    private static IReadOnlyList<InboxFile> FindFiles(FolderListing listing) =>
        [.. listing.Files.Select(item => (item.Path, Info: new FileInfo(item.File))).Select(item => new InboxFile(item.Path, item.Info.FullName, item.Info.LastWriteTimeUtc, LengthOf(item.Info)))];

    /// <summary>Returns the length of a file; -1 for a link to a file that does not exist.</summary>
    private static long LengthOf(FileInfo file) => file.Exists ? file.Length : -1;

    /// <summary>Returns the content of a file, or reports that it cannot be read and returns null.</summary>
    private async Task<byte[]?> TryReadAsync(InboxFile file, CancellationToken ct)
    {
        if (file.Path.Any(char.IsControl))
        {
            Report(file.Path, $"The name of {file.Path} has characters that cannot be stored. Give the file or its folder another name.");
            return null;
        }

        try
        {
            var content = await File.ReadAllBytesAsync(file.File, ct);
            _problems.Remove(file.Path);
            return content;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Report(file.Path, $"We cannot read {file.Path}, and will try again: {fault.Message}");
            return null;
        }
    }

    private void ReportUnreadable(FolderListing listing)
    {
        foreach (var path in listing.Unreadable)
        {
            Report(path, path.Length == 0
                ? $"We cannot read the folder {folder}, and will try again. The returns from it stay as they are."
                : $"We cannot read the folder {path}, and will try again. The returns from it stay as they are.");
        }

        foreach (var old in _problems.Keys.Where(path => !listing.Unreadable.Contains(path) && !listing.Files.Any(file => file.Path == path)).ToList())
        {
            _problems.Remove(old);
        }
    }

    private void Report(string path, string sentence)
    {
        if (_problems.GetValueOrDefault(path) != sentence)
        {
            _problems[path] = sentence;
            report?.Invoke(sentence);
        }
    }

    /// <summary>Returns the checksum that the service stores with an upload of this content.</summary>
    private static string ChecksumOf(byte[] content)
    {
#pragma warning disable CA5351 // Not for security: the Blob service defines this hash.
        return Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
    }

    private sealed record InboxFile(string Path, string File, DateTime At, long Length);
}
