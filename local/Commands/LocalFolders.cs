using System.Reflection;

namespace DasvPipeline.Local.Commands;

/// <summary>The folders of the repository on this machine.</summary>
internal static class LocalFolders
{
    public static string Repository { get; } = typeof(LocalFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "RepositoryDirectory").Value!;

    public static string Samples => Path.Combine(Repository, "samples");

    public static string Data => Path.Combine(Repository, "local", ".data");

    /// <summary>Lists the files of a folder at <c>agency/return/period/file</c>, with these relative paths.</summary>
    public static IReadOnlyList<(string Path, string File)> FindReturns(string folder) => FolderListing.Read(folder).Files;
}
