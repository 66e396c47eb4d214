using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.Tests.Publish;

/// <summary>Earlier releases as they were published; see their README.</summary>
internal static class KeptReleases
{
    public const string Samples = "samples/1.2019-20.json";
    public const string Corrected = "samples/2.2019-20.json";

    /// <summary>With hidden, missing and estimated figures.</summary>
    public const string Small = "small/1.2019-20.json";

    public static string Folder => Path.Combine(LocalFolders.Repository, "tests", "Shared", "Publish", "releases");

    public static IEnumerable<string> Headlines => Directory.EnumerateFiles(Folder, "?.*.json", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".index.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Indexes => Directory.EnumerateFiles(Folder, "*.index.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static HeadlinesDocument Document(string name) => YearFiles.Parse(Bytes(name));
}
