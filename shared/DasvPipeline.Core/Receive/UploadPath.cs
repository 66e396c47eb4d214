using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Receive;

/// <summary>
/// Which return a file is, by its path <c>agency/return/period/file</c> in the container <c>returns</c>; the only place
/// where that path is taken apart.
/// </summary>
public static class UploadPath
{
    /// <summary>The container agencies upload to.</summary>
    public const string Container = "returns";

    private const int LongestQuoted = 64;

    /// <summary>The return a path names, or the finding that says why it names none.</summary>
    /// <param name="path">Within the container. What stands in it is shown and compared, never used to make a path.</param>
    /// <param name="today">A period that has not begun cannot be reported.</param>
    public static (Form? Form, ReturnKey Key, Finding? Problem) Resolve(PartnershipCatalogue catalogue, string path, DateOnly today)
    {
        var parts = path.Split('/');
        if (parts.Length != 4 || parts[3].Length == 0)
        {
            return Refuse($"The file is not in a place for returns. A return is uploaded to agency/return/period/file, for example {Example(catalogue)}.");
        }

        if (!catalogue.Agencies.ContainsKey(new AgencyId(parts[0])))
        {
            return Refuse($"There is no agency {Quote(parts[0])}.{Hint(parts[0], catalogue.Agencies.Keys.Select(id => id.Value))}");
        }

        if (catalogue.FindForm(new ReturnId(new AgencyId(parts[0]), parts[1])) is not { } form)
        {
            var owed = catalogue.Forms.Where(other => other.Return.Agency.Value == parts[0]).Select(other => other.Return.Name);
            return Refuse($"{catalogue.NameOf(new AgencyId(parts[0]))} has no return {Quote(parts[1])}. Its returns are: {string.Join(", ", owed)}.");
        }

        if (!Period.TryParse(parts[2], out var period))
        {
            return Refuse($"{Quote(parts[2])} is not a period. A quarter is written 2019-20-Q1, a year 2019-20.");
        }

        if (!form.IsOwedFor(period))
        {
            var kind = form.Every == Every.Year ? "a year, such as 2019-20" : "a quarter, such as 2019-20-Q1";
            return (null, default, Finding.Error(
                Codes.PeriodNotOwed,
                null,
                $"{form.Title} is not reported for {period}. It is reported for {kind}, from {form.From} on."));
        }

        if (period.Start > today)
        {
            return (null, default, Finding.Error(Codes.PeriodNotOver, null, $"{period.Label} has not begun yet. Check the period the file was sent for."));
        }

        return (form, new ReturnKey(form.Return, period), null);

        static (Form?, ReturnKey, Finding?) Refuse(string message) => (null, default, Finding.Error(Codes.UnknownPlace, null, message));
    }

    /// <summary>A blob's name may have 1,024 characters, any of them.</summary>
    private static string Quote(string text) =>
        $"\"{string.Concat(text.Take(LongestQuoted).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))}{(text.Length > LongestQuoted ? "…" : string.Empty)}\"";

    private static string Hint(string text, IEnumerable<string> known) =>
        Nearest.To(text, known) is { } near ? $" Did you mean {near}?" : string.Empty;

    private static string Example(PartnershipCatalogue catalogue) =>
        $"{catalogue.Forms[0].Return}/{(catalogue.Forms[0].Every == Every.Year ? "2019-20" : "2019-20-Q1")}/figures.xlsx";
}
