using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Routing;

/// <summary>The return that a path names, or a finding that says why a file at this path is refused.</summary>
/// <param name="Form">Null if the file is refused.</param>
public readonly record struct ResolvedPath(Form? Form, ReturnKey Key, Finding? Problem)
{
    /// <summary>The day from which a file at this path can be sent. Null if it can be sent now, or never.</summary>
    public DateOnly? CanBeSentFrom { get; init; }
}

/// <summary>
/// Finds the return of a file from its path <c>agency/return/period/file</c> in the container <c>returns</c>. No other
/// code parses that path.
/// </summary>
public static class UploadPath
{
    /// <summary>The container that agencies upload to.</summary>
    public const string Container = "returns";

    private const string EventSubject = $"/blobServices/default/containers/{Container}/blobs/";

    private const int MaxQuoteLength = 64;

    /// <summary>Returns the path of the blob that an event is about; null if it is in another container.</summary>
    public static string? FromEventSubject(string? subject) =>
        subject?.StartsWith(EventSubject, StringComparison.Ordinal) == true ? subject[EventSubject.Length..] : null;

    /// <summary>Returns the return that a path names, and refuses a period that has not ended.</summary>
    /// <param name="path">The path within the container. Its parts are shown and compared, but never used to build a path.</param>
    /// <param name="today">The current date. Figures can be sent from the last day of their period.</param>
    public static ResolvedPath Resolve(PartnershipCatalogue catalogue, string path, DateOnly today)
    {
        var resolved = Resolve(catalogue, path);
        return resolved.Form is not null && CheckHasEnded(resolved.Key.Period, today) is { } tooEarly
            ? new ResolvedPath(null, resolved.Key, tooEarly) { CanBeSentFrom = resolved.Key.Period.End }
            : resolved;
    }

    /// <summary>Returns an error that names the day from which figures can be sent; null if they can be sent today.</summary>
    public static Finding? CheckHasEnded(Period period, DateOnly today)
    {
        var day = $"You can send its figures from {period.End.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.";
        return period.HasEnded(today) ? null
            : today < period.Start ? Finding.Error(Codes.PeriodNotStarted, null, $"{period.Label} has not started yet. Check the period that you sent the file for. {day}")
            : Finding.Error(Codes.PeriodNotEnded, null, $"{period.Label} has not ended yet. {day}");
    }

    /// <summary>Returns the return that a path names, whether or not its period has ended.</summary>
    /// <inheritdoc cref="Resolve(PartnershipCatalogue, string, DateOnly)" path="/param[@name='path']" />
    public static ResolvedPath Resolve(PartnershipCatalogue catalogue, string path)
    {
        var parts = path.Split('/');
        if (parts.Length != 4 || parts[3] is "" or "." or ".." || parts[3].Contains('\\', StringComparison.Ordinal))
        {
            return Refuse($"The file's path is not one for returns. Upload a return to agency/return/period/file, for example {Example(catalogue)}.");
        }

        if (!catalogue.Agencies.ContainsKey(new AgencyId(parts[0])))
        {
            return Refuse($"There is no agency {Quote(parts[0])}.{Hint(parts[0], catalogue.Agencies.Keys.Select(id => id.Value))}");
        }

        var id = new ReturnId(new AgencyId(parts[0]), parts[1]);
        var forms = catalogue.GetForms(id);
        if (forms.Count == 0)
        {
            var known = catalogue.Forms.Where(other => other.Return.Agency.Value == parts[0]).Select(other => other.Return.Name).Distinct();
            return Refuse($"{catalogue.GetAgencyName(new AgencyId(parts[0]))} has no return {Quote(parts[1])}. Its returns are: {string.Join(", ", known)}.");
        }

        if (!Period.TryParse(parts[2], out var period))
        {
            return Refuse($"{Quote(parts[2])} is not a period. Write a quarter as 2019-20-Q1, and a year as 2019-20.");
        }

        var key = new ReturnKey(id, period);
        return catalogue.FindForm(key) is { } form
            ? new ResolvedPath(form, key, null)
            : new ResolvedPath(null, default, Finding.Error(Codes.PeriodNotDue, null, DescribeNotDue(catalogue, forms, period)));

        static ResolvedPath Refuse(string message) => new(null, default, Finding.Error(Codes.UnknownPath, null, message));
    }

    /// <summary>Says for which periods a return is due, and which agency reports after its end.</summary>
    private static string DescribeNotDue(PartnershipCatalogue catalogue, IReadOnlyList<Form> forms, Period period)
    {
        var form = forms.LastOrDefault(other => other.FirstPeriod.Start <= period.End) ?? forms[0];
        var kind = form.Frequency == Frequency.Year ? "a year, such as 2019-20" : "a quarter, such as 2019-20-Q1";
        var last = forms[^1].LastPeriod is { } end ? $" The last is {end}." : string.Empty;
        var agency = catalogue.Agencies[form.Return.Agency];
        var successor = agency.SucceededBy is { } next && agency.Validity.Until is { } until && period.Start > until.End
            ? $" {catalogue.GetAgencyName(next)} took over from {agency.Name}. Send it as a return of {catalogue.GetAgencyName(next)}."
            : string.Empty;
        return $"{form.Title} is not reported for {period}. Choose {kind}. The first is {forms[0].FirstPeriod}.{last}{successor}";
    }

    /// <summary>Quotes and shortens a text from a path, because a blob's name can have 1,024 characters of any kind.</summary>
    private static string Quote(string text) =>
        $"\"{string.Concat(text.Take(MaxQuoteLength).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))}{(text.Length > MaxQuoteLength ? "…" : string.Empty)}\"";

    private static string Hint(string text, IEnumerable<string> known) =>
        NearestText.Find(text, known) is { } near ? $" Did you mean {near}?" : string.Empty;

    private static string Example(PartnershipCatalogue catalogue) =>
        $"{catalogue.Forms[0].Return}/{(catalogue.Forms[0].Frequency == Frequency.Year ? "2019-20" : "2019-20-Q1")}/figures.xlsx";
}
