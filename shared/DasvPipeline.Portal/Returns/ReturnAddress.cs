using DasvPipeline.Core.Model;

namespace DasvPipeline.Portal.Returns;

/// <summary>Addresses of a return's pages. They hold ids and numbers only.</summary>
public static class ReturnAddress
{
    public const string All = "/returns";

    public static string Of(AgencyId agency) => $"{All}/{agency}";

    public static string Of(ReturnKey key) => $"{All}/{key}";

    /// <param name="id">Of the return, as lists give it: agency/return.</param>
    public static string Of(string id, string period) => $"{All}/{id}/{period}";

    /// <summary>The answer to one version.</summary>
    public static string Of(ReturnKey key, int version) => FormattableString.Invariant($"{All}/{key}/{version}");
}
