using DasvPipeline.Core.Domain;

namespace DasvPipeline.Storage.Tables;

/// <summary>Creates the name of every private blob, using only slugs, periods, numbers and SHA-256.</summary>
internal static class BlobNames
{
    /// <summary>Creates the blob name <c>agency/return/period/version/name</c> in the container of reports.</summary>
    public static string Report(ReturnKey key, int version, string name) =>
        $"{Keys.SlugOf(key.Return.Agency.Value)}/{Keys.SlugOf(key.Return.Name)}/{key.Period}/{Keys.Version(version)}/{Keys.SlugOf(name)}";

    /// <summary>Creates the blob name <c>agency/return/period/id/name</c> in the container of checked files.</summary>
    public static string Checked(ReturnKey key, string id, string name) => $"{Keys.SlugOf(key.Return.Agency.Value)}/{Keys.SlugOf(key.Return.Name)}/{key.Period}/{Keys.SlugOf(id)}/{name}";

    /// <summary>Creates the blob name <c>agency/id/name</c> of files that were sent together, in the container of checked files.</summary>
    public static string Batch(AgencyId agency, string id, string name) => $"{Keys.SlugOf(agency.Value)}/{Keys.SlugOf(id)}/{Keys.SlugOf(name)}";

    /// <summary>Creates the blob name <c>agency/return/period</c> in the container of drafts.</summary>
    public static string Draft(ReturnKey key) => $"{Keys.SlugOf(key.Return.Agency.Value)}/{Keys.SlugOf(key.Return.Name)}/{key.Period}";

    /// <summary>Returns the start of the names of all files of a version's report.</summary>
    public static string ReportPrefix(ReturnKey key, int version) => Report(key, version, "x")[..^1];

    public static string UnroutedReport(string uploadId) => $"{Keys.Unrouted}/{Keys.SlugOf(uploadId)}.json";

    /// <summary>Creates the blob name of a private record of a release.</summary>
    public static string Record(int number) => $"{Keys.Releases}/{Keys.Release(number)}/release.json";

    /// <summary>The blob with the list of the catalogue's versions.</summary>
    public const string CatalogueVersions = Keys.Catalogue + "/versions.json";

    /// <summary>Creates the blob name of the files of a catalogue.</summary>
    /// <param name="hash">The hash of its files, in hexadecimal.</param>
    public static string CatalogueFiles(string hash) => $"{Keys.Catalogue}/files/{Keys.EnsureValid(hash)}.json";

    /// <summary>The blob with the last comparison of the figures of the newest years.</summary>
    public const string Comparison = "years/comparison.json";

    /// <summary>Creates the blob name of a kept content.</summary>
    public static string Kept(string id) => $"kept/{Keys.SlugOf(id)}.json";

    /// <summary>Creates the blob name of the checkpoint of a year.</summary>
    public static string Checkpoint(Period year) => $"years/{Keys.Year(year)}.checkpoint.json";

    /// <summary>Creates the blob name of the private record of a year.</summary>
    public static string YearRecord(Period year) => $"years/{Keys.Year(year)}.json";
}
