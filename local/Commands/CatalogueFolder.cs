using System.CommandLine;
using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Local.Commands;

/// <summary>The option <c>--catalogue</c>: tries a catalogue from a folder, without a rebuild.</summary>
internal static class CatalogueFolder
{
    public static Option<DirectoryInfo> CreateOption() => new("--catalogue")
    {
        Description = "Use the catalogue in this folder instead of the stored one.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Reads the files of a catalogue.</summary>
    /// <param name="folder">Null for the built-in catalogue.</param>
    /// <exception cref="UserException">The folder does not exist or has no YAML file.</exception>
    public static IReadOnlyList<CatalogueFile> Read(DirectoryInfo? folder)
    {
        if (folder is null)
        {
            return PartnershipCatalogue.EmbeddedFiles();
        }

        if (!folder.Exists)
        {
            throw new UserException($"The folder {folder.FullName} does not exist. --catalogue needs a folder with the files of a catalogue.");
        }

        var read = folder.EnumerateFiles("*.yaml", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => CatalogueArchive.Decode(Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'), File.ReadAllBytes(file.FullName))).ToList();
        if (read.Exists(item => item.Mistake is not null))
        {
            throw new CatalogueException([.. read.Select(item => item.Mistake).OfType<Mistake>()]);
        }

        var files = read.ConvertAll(item => item.File!);
        return files.Count > 0 ? files : throw new UserException($"The folder {folder.FullName} has no .yaml file, so it is not a catalogue.");
    }

    /// <summary>Reads the files of a catalogue; null if no folder is given, so that the stored catalogue is used.</summary>
    public static IReadOnlyList<CatalogueFile>? ReadIfGiven(DirectoryInfo? folder) => folder is null ? null : Read(folder);

    /// <summary>Reads and loads a catalogue.</summary>
    /// <exception cref="UserException">The folder does not exist or has no YAML file.</exception>
    /// <exception cref="CatalogueException">The catalogue has mistakes. The exception lists all of them.</exception>
    public static PartnershipCatalogue Load(DirectoryInfo? folder) => PartnershipCatalogue.Load(Read(folder));
}
