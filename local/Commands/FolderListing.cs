namespace DasvPipeline.Local.Commands;

/// <param name="Files">The files at <c>agency/return/period/file</c>, with these relative paths, in order.</param>
/// <param name="Unreadable">The relative paths of folders that could not be listed; an empty path for the folder itself.</param>
internal sealed record FolderListing(IReadOnlyList<(string Path, string File)> Files, IReadOnlyList<string> Unreadable)
{
    private const int Depth = 3;

    /// <summary>
    /// Lists the files of a folder. Leaves out the files that Office and the operating system put next to others. A folder that cannot
    /// be listed is reported, because its files are not known to be gone.
    /// </summary>
    /// <param name="entries">Lists a folder; null for the file system.</param>
    public static FolderListing Read(string folder, Func<DirectoryInfo, IEnumerable<FileSystemInfo>>? entries = null)
    {
        var files = new List<(string Path, string File)>();
        var unreadable = new List<string>();
        Add(new DirectoryInfo(Path.GetFullPath(folder)), string.Empty, 0);
        return new FolderListing([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], unreadable);

        void Add(DirectoryInfo directory, string path, int depth)
        {
            List<FileSystemInfo> found;
            try
            {
                found = [.. entries?.Invoke(directory) ?? directory.EnumerateFileSystemInfos()];
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(path);
                return;
            }

            foreach (var item in found.Where(item => !item.Name.StartsWith('.') && !IsSystemFile(item.Name)))
            {
                var itemPath = path.Length == 0 ? item.Name : $"{path}/{item.Name}";
                if (item is DirectoryInfo inner && depth < Depth)
                {
                    Add(inner, itemPath, depth + 1);
                }
                else if (item is FileInfo && depth == Depth)
                {
                    files.Add((itemPath, item.FullName));
                }
            }
        }
    }

    /// <summary>Returns true if the file may exist, although it is not listed.</summary>
    public bool MayHold(string path) => Unreadable.Any(folder => folder.Length == 0 || path.StartsWith(folder + '/', StringComparison.Ordinal));

    /// <summary>Returns true for a lock file of Office or LibreOffice, and for a file with the settings of a folder.</summary>
    private static bool IsSystemFile(string name) => name.StartsWith("~$", StringComparison.Ordinal)
        || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase) || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase);
}
