using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DasvPipeline.Local.Azurite;

/// <summary>
/// Keeps a data directory to one Azurite at a time: two would overwrite each other's files without a word.
/// </summary>
/// <remarks>
/// The lock file is held by this process, which the operating system releases however the process ends. Azurite itself
/// goes on writing for a moment after that, so a second file, which it deletes when it has finished, names it, and the
/// next one to start waits for it.
/// </remarks>
internal sealed class DataDirectoryLock : IDisposable
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    // The clock that start times are computed from is corrected now and then; a process id is not reused that fast.
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromMinutes(1);

    private readonly FileStream _file;
    private readonly string _ownerPath;

    private DataDirectoryLock(FileStream file, string ownerPath)
    {
        _file = file;
        _ownerPath = ownerPath;
    }

    /// <summary>Takes the lock, waiting for an Azurite that is still writing what it had.</summary>
    /// <exception cref="AzuriteException">The directory is in use, or cannot be written.</exception>
    public static async Task<DataDirectoryLock> AcquireAsync(string directory, CancellationToken ct)
    {
        var ownerPath = Path.Combine(directory, "azurite.owner");
        var waited = Stopwatch.StartNew();
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(directory);
            while (true)
            {
                file ??= TryOpen(Path.Combine(directory, "azurite.lock"));
                var owner = Owner.TryRead(ownerPath);
                if (file is not null && owner?.IsRunning() != true)
                {
                    return new DataDirectoryLock(file, ownerPath);
                }

                // One that is still listening is not on its way out: there is nothing to wait for.
                var inUse = file is null && owner is not null && await owner.IsListeningAsync(ct);
                if (inUse || waited.Elapsed > FlushLimit)
                {
                    throw new AzuriteException($"Another DasvPipeline is using the data in {directory}: stop it, or choose another folder, and run this again.");
                }

                await Task.Delay(PollInterval, ct);
            }
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new AzuriteException($"The data folder {directory} cannot be used: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Records which process is writing to the directory, for whoever starts next.</summary>
    /// <param name="process">Azurite.</param>
    /// <param name="blobPort">Where it listens; 0 while it is starting.</param>
    public void SetOwner(Process process, int blobPort)
    {
        try
        {
            new Owner(process.Id, process.StartTime.ToUniversalTime(), blobPort).Write(_ownerPath);
        }
        catch (InvalidOperationException)
        {
            // It has ended already: nobody needs to wait for it.
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return null;
        }
    }

    private static bool IsSharingViolation(IOException e)
    {
        const int WindowsSharingViolation = unchecked((int)0x80070020);
        const int LinuxWouldBlock = 11;
        const int MacWouldBlock = 35;
        return e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock;
    }

    private sealed record Owner(int ProcessId, DateTime StartedUtc, int BlobPort)
    {
        public static Owner? TryRead(string path)
        {
            string[] parts;
            try
            {
                parts = File.ReadAllText(path).Split(' ');
            }
            catch (IOException)
            {
                // None yet, or it is being written this moment.
                return null;
            }

            return parts.Length == 3
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTime.MaxValue.Ticks
                && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var blobPort)
                    ? new Owner(processId, new DateTime(ticks, DateTimeKind.Utc), blobPort)
                    : null;
        }

        public void Write(string path)
            => File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {StartedUtc.Ticks} {BlobPort}"));

        public bool IsRunning()
        {
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return (process.StartTime.ToUniversalTime() - StartedUtc).Duration() < StartTimeTolerance;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // Gone, gone while we looked, or somebody else's process under the same id.
                return false;
            }
        }

        public async Task<bool> IsListeningAsync(CancellationToken ct)
        {
            if (BlobPort is 0)
            {
                return false;
            }

            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, BlobPort, ct);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
