using System.CommandLine;
using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Local.Commands;

/// <summary>The option <c>--catalogue</c>: tries a catalogue from a folder, without a rebuild.</summary>
internal static class CatalogueFolder
{
    public static Option<DirectoryInfo> Option { get; } = new("--catalogue")
    {
        Description = "Use the catalogue in this folder instead of the built-in one.",
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

        var files = folder.EnumerateFiles("*.yaml", SearchOption.AllDirectories)
            .Select(file => new CatalogueFile(Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName))).ToList();
        return files.Count > 0 ? files : throw new UserException($"The folder {folder.FullName} has no .yaml file, so it is not a catalogue.");
    }

    /// <summary>Reads and loads a catalogue.</summary>
    /// <exception cref="UserException">The folder does not exist or has no YAML file.</exception>
    /// <exception cref="CatalogueException">The catalogue has mistakes. The exception lists all of them.</exception>
    public static PartnershipCatalogue Load(DirectoryInfo? folder) => PartnershipCatalogue.Load(Read(folder));
}
