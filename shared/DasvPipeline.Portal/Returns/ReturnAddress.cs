using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Portal.Returns;

/// <summary>The addresses of a return's pages. They contain only ids and numbers.</summary>
public static class ReturnAddress
{
    public const string All = "/returns";

    public static string Create(AgencyId agency) => $"{All}/{agency}";

    /// <summary>Returns the address of an agency's figures over time.</summary>
    public static string CreateFigures(AgencyId agency) => $"{All}/{agency}/figures";

    /// <summary>Returns the address of the page that takes several files.</summary>
    public static string CreateFiles(AgencyId agency) => $"{All}/{agency}/files";

    /// <param name="batch">The id of files that were sent together.</param>
    /// <inheritdoc cref="CreateFiles(AgencyId)" />
    public static string CreateFiles(AgencyId agency, string batch) => $"{CreateFiles(agency)}?batch={batch}";

    public static string Create(ReturnKey key) => $"{All}/{key}";

    /// <param name="id">The id of the return: agency/return.</param>
    public static string Create(string id, string period) => $"{All}/{id}/{period}";

    /// <summary>Returns the address of the result of one version.</summary>
    public static string Create(ReturnKey key, int version) => FormattableString.Invariant($"{All}/{key}/{version}");

    /// <summary>Returns the address of the page that asks whether there was nothing to report.</summary>
    public static string CreateNilReturn(ReturnKey key) => $"{All}/{key}/nil-return";

    /// <summary>Returns the address of the page on which figures are entered.</summary>
    public static string CreateEntry(ReturnKey key) => $"{All}/{key}/figures";

    /// <inheritdoc cref="CreateEntry(ReturnKey)" />
    /// <param name="id">The id of the return: agency/return.</param>
    public static string CreateEntry(string id, string period) => Create(id, period) + "/figures";

    /// <summary>Returns the address of the form that says that a return is late, or extends or waives it.</summary>
    public static string CreateArrangement(ReturnKey key, ArrangementKind kind) => $"{All}/{key}/arrangements/{ArrangementPages.GetWord(kind)}";

    /// <summary>Returns the address of a file that was checked and not sent.</summary>
    public static string CreateChecked(ReturnKey key, string id) => $"{All}/{key}/checked/{id}";

    /// <summary>Returns the address of the page that asks whether to delete the file of a version.</summary>
    public static string CreateDelete(ReturnKey key, int version) => Create(key, version) + "/delete";

    /// <inheritdoc cref="CreateDelete(ReturnKey, int)" />
    /// <param name="id">The id of the return: agency/return.</param>
    public static string CreateDelete(string id, string period, int version) => FormattableString.Invariant($"{Create(id, period)}/{version}/delete");
}
