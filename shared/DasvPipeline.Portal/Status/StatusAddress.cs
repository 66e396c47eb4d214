using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Portal.Status;

/// <summary>The addresses of the manager's pages.</summary>
public static class StatusAddress
{
    public const string Start = "/status/start";
    public const string Guide = "/status/guide";
    public const string Audit = "/status/audit";
    public const string Board = "/status";
    public const string Disagreements = "/status/disagreements";
    public const string Headlines = "/status/headlines";
    public const string Catalogue = "/status/catalogue";
    public const string Chase = "/status/chase";
    public const string Timeliness = "/status/timeliness";
    public const string People = "/status/people";
    public const string Messages = "/status/messages";
    public const string Report = "/status/report";

    public static string Create(string page, Period? year) => year is { } known ? $"{page}?year={known}" : page;

    /// <summary>Returns the address of a file of what the board or the page of timeliness shows.</summary>
    public static string CreateFile(string name) => $"{Board}/file/{name}";

    /// <summary>Returns the address of the messages of an agency.</summary>
    public static string CreateMessages(AgencyId agency) => $"{Returns.ReturnAddress.Create(agency)}/messages";

    /// <summary>Returns the address of the sources of a headline.</summary>
    /// <param name="headline">The headline's id.</param>
    /// <param name="period">A year or a quarter.</param>
    public static string CreateHeadline(string headline, string period) => $"{Headlines}/{headline}?period={period}";

    /// <summary>Returns the address of a file of the annual report, or of the board paper.</summary>
    public static string CreateReportFile(Period year, string name) => $"{Report}/{year}/{name}";

    /// <summary>Returns the address of the form for a common change of the catalogue.</summary>
    public static string CreateCatalogueChange(CatalogueChange change) => $"{Catalogue}/changes/{CatalogueChangeForm.GetWord(change)}";

    /// <summary>Returns the address of a version of the catalogue.</summary>
    public static string CreateCatalogueVersion(int number) => FormattableString.Invariant($"{Catalogue}/versions/{number}");
}
