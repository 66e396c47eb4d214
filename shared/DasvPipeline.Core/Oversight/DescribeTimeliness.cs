using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;

namespace DasvPipeline.Core.Oversight;

/// <summary>Describes how in time and how well agencies have sent their returns in the last years.</summary>
public sealed class DescribeTimeliness(PartnershipCatalogue catalogue, DescribeStatus status, TimeProvider clock)
{
    private const int MaxYears = 10;

    /// <summary>Reads the returns of the last 10 years: 2 storage calls for up to 1,000 rows, and 1 more for each 1,000.</summary>
    public async Task<Timeliness> RunAsync(CancellationToken ct)
    {
        var today = clock.Today();
        var last = Period.YearContaining(today);
        var first = catalogue.Forms.Select(form => form.FirstPeriod.Year).Append(last).Min();
        if (last.FirstYear - first.FirstYear >= MaxYears)
        {
            first = Period.FromYear(last.FirstYear - MaxYears + 1);
        }

        var rows = (await status.GetReturnsAsync(first, last, ct)).ToLookup(row => (row.Agency, Year: Period.Parse(row.Period).Year.ToString()));
        IReadOnlyList<string> years = [.. Enumerable.Range(first.FirstYear, last.FirstYear - first.FirstYear + 1).Select(year => Period.FromYear(year).ToString())];
        return new Timeliness(
            years,
            [
                .. rows.Select(group => group.Key.Agency).Distinct().Select(id => new AgencyTimeliness(
                        id,
                        catalogue.GetAgencyName(new AgencyId(id)),
                        [.. years.Select(year => AgencyYear.Create(year, [.. rows[(id, year)]], today))]))
                    .OrderBy(agency => agency.AgencyName, StringComparer.OrdinalIgnoreCase),
            ]);
    }
}
