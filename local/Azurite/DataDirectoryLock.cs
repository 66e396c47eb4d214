using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DasvPipeline.Local.Azurite;

/// <summary>
/// Locks a data directory for one instance of Azurite, because two would overwrite each other's files without an error.
/// </summary>
/// <remarks>
/// This process holds the lock file, and the operating system releases it however the process ends. Azurite keeps writing
/// for a moment after that. A second file therefore contains its process id, and the next instance waits until Azurite has
/// deleted that file.
/// </remarks>
internal sealed class DataDirectoryLock : IDisposable
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    // The clock behind start times is sometimes corrected. A process id is not reused that quickly.
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromMinutes(1);

    private readonly FileStream _file;
    private readonly string _ownerPath;

    private DataDirectoryLock(FileStream file, string ownerPath)
    {
        _file = file;
        _ownerPath = ownerPath;
    }

    /// <summary>Takes the lock, and waits for an instance of Azurite that is still writing.</summary>
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

                // An instance that is still listening is not stopping, so do not wait for it.
                var inUse = file is null && owner is not null && await owner.IsListeningAsync(ct);
                if (inUse || waited.Elapsed > FlushLimit)
                {
                    throw new AzuriteException($"Another DasvPipeline is using the data in {directory}. Stop it or choose another folder, and run this again.");
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

    /// <summary>Records the process that is writing to the directory, for the next instance.</summary>
    /// <param name="process">The Azurite process.</param>
    /// <param name="blobPort">The port of its blob service; 0 while it is starting.</param>
    public void SetOwner(Process process, int blobPort)
    {
        try
        {
            new Owner(process.Id, process.StartTime.ToUniversalTime(), blobPort).Write(_ownerPath);
        }
        catch (InvalidOperationException)
        {
            // The process has already ended, so nobody needs to wait for it.
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
                // The file does not exist yet, or is being written.
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
                // The process has ended, or its id is now used by another user's process.
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
