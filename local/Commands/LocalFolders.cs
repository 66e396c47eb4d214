using System.Reflection;

namespace DasvPipeline.Local.Commands;

/// <summary>The folders of the repository on this machine.</summary>
internal static class LocalFolders
{
    public static string Repository { get; } = typeof(LocalFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "RepositoryDirectory").Value!;

    public static string Samples => Path.Combine(Repository, "samples");

    public static string Data => Path.Combine(Repository, "local", ".data");

    /// <summary>
    /// Lists the files of a folder at <c>agency/return/period/file</c>, with these relative paths. Leaves out the files that Office and the
    /// operating system put next to others.
    /// </summary>
    public static IReadOnlyList<(string Path, string File)> FindReturns(string folder)
    {
        var root = Path.GetFullPath(folder);
        return
        [
            .. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
                .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
                .Where(item => item.Path.Count(c => c == '/') == 3 && !item.Path.Split('/').Any(segment => segment.StartsWith('.')) && !IsSystemFile(Path.GetFileName(item.Path)))
                .OrderBy(item => item.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns true for a lock file of Office or LibreOffice, and for a file with the settings of a folder.</summary>
    private static bool IsSystemFile(string name) => name.StartsWith("~$", StringComparison.Ordinal)
        || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase) || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase);
}
