using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Routing;

/// <summary>
/// Finds the return of a file from its path <c>agency/return/period/file</c> in the container <c>returns</c>. No other
/// code parses that path.
/// </summary>
public static class UploadPath
{
    /// <summary>The container that agencies upload to.</summary>
    public const string Container = "returns";

    private const int MaxQuoteLength = 64;

    /// <summary>Returns the return that a path names, or a finding that says why it names none.</summary>
    /// <param name="path">The path within the container. Its parts are shown and compared, but never used to build a path.</param>
    /// <param name="today">The current date. A period that has not started cannot be reported.</param>
    public static (Form? Form, ReturnKey Key, Finding? Problem) Resolve(PartnershipCatalogue catalogue, string path, DateOnly today)
    {
        var parts = path.Split('/');
        if (parts.Length != 4 || parts[3].Length == 0)
        {
            return Refuse($"The file's path is not one for returns. Upload a return to agency/return/period/file, for example {Example(catalogue)}.");
        }

        if (!catalogue.Agencies.ContainsKey(new AgencyId(parts[0])))
        {
            return Refuse($"There is no agency {Quote(parts[0])}.{Hint(parts[0], catalogue.Agencies.Keys.Select(id => id.Value))}");
        }

        if (catalogue.FindForm(new ReturnId(new AgencyId(parts[0]), parts[1])) is not { } form)
        {
            var known = catalogue.Forms.Where(other => other.Return.Agency.Value == parts[0]).Select(other => other.Return.Name);
            return Refuse($"{catalogue.GetAgencyName(new AgencyId(parts[0]))} has no return {Quote(parts[1])}. Its returns are: {string.Join(", ", known)}.");
        }

        if (!Period.TryParse(parts[2], out var period))
        {
            return Refuse($"{Quote(parts[2])} is not a period. Write a quarter as 2019-20-Q1, and a year as 2019-20.");
        }

        if (!form.IsDueFor(period))
        {
            var kind = form.Frequency == Frequency.Year ? "a year, such as 2019-20" : "a quarter, such as 2019-20-Q1";
            return (null, default, Finding.Error(
                Codes.PeriodNotDue,
                null,
                $"{form.Title} is not reported for {period}. It is reported for {kind}, starting with {form.FirstPeriod}."));
        }

        if (period.Start > today)
        {
            return (null, default, Finding.Error(Codes.PeriodNotStarted, null, $"{period.Label} has not started yet. Check the period that you sent the file for."));
        }

        return (form, new ReturnKey(form.Return, period), null);

        static (Form?, ReturnKey, Finding?) Refuse(string message) => (null, default, Finding.Error(Codes.UnknownPath, null, message));
    }

    /// <summary>Quotes and shortens a text from a path, because a blob's name can have 1,024 characters of any kind.</summary>
    private static string Quote(string text) =>
        $"\"{string.Concat(text.Take(MaxQuoteLength).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))}{(text.Length > MaxQuoteLength ? "…" : string.Empty)}\"";

    private static string Hint(string text, IEnumerable<string> known) =>
        NearestText.Find(text, known) is { } near ? $" Did you mean {near}?" : string.Empty;

    private static string Example(PartnershipCatalogue catalogue) =>
        $"{catalogue.Forms[0].Return}/{(catalogue.Forms[0].Frequency == Frequency.Year ? "2019-20" : "2019-20-Q1")}/figures.xlsx";
}
