using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>A small catalogue for tables as agencies publish them, and the results of reading one.</summary>
internal static class PublishedTables
{
    public const string Stations = "force/stations";
    public const string Officers = "force/officers";
    public const string Costs = "force/costs";
    public const string Shares = "force/shares";

    public static PartnershipCatalogue Catalogue { get; } = PartnershipCatalogue.Load(
    [
        new("partnership.yaml", "title: Figures\npublisher: A partnership\nlicence: OGL-UK-3.0\n"),
        new("headlines.yaml", "headlines:\n  - { id: calls, title: Calls, of: calls, sentence: '{value} calls.' }\n"),
        new("agencies.yaml", "agencies:\n  - { id: force, name: The Force }\n"),
        new("dimensions/area.yaml", "dimension: area\ntitle: Area\ncodes:\n  - { code: all, label: Whole area }\n  - { code: north, label: North }\n  - { code: east, label: East }\n  - { code: west, label: West }\n"),
        new("dimensions/tool.yaml", "dimension: tool\ntitle: Tool\ncodes:\n  - { code: baton-used, label: Baton used }\n  - { code: baton-unknown, label: Baton not stated }\n  - { code: spray-used, label: Spray used }\n  - { code: spray-unknown, label: Spray not stated }\n"),
        new("measures/all.yaml", """
            measures:
              - { id: calls, label: Calls, unit: calls, adds: flow }
              - { id: staff, label: Staff, unit: full-time equivalents, quantity: number, adds: stock }
              - { id: cost, label: Net cost, unit: pounds, quantity: pounds, sign: any, adds: flow }
              - { id: budget, label: Budget, unit: pounds, quantity: pounds, adds: flow }
              - { id: rate, label: Calls per 1000 people, unit: calls, quantity: number, per: 1000, adds: stock }
              - { id: share, label: Share, unit: percent, quantity: percent, adds: rate }
              - { id: uses, label: Uses, unit: uses, adds: flow }
            """),
        new("returns/force.stations.yaml", """
            agency: force
            return: stations
            title: Stations
            every: year
            from: 2015-16
            symbols: [{ text: [NK, Not counted], means: "[x]" }, { text: nowt, means: "0" }, { text: hid, means: "[c]" }]
            tables:
              - { id: calls, title: Calls to the stations, measure: calls, ignore: [Change], rows: [{ area: north }, { area: east }, { area: west }] }
            """),
        new("returns/force.officers.yaml", """
            agency: force
            return: officers
            title: Officers
            every: quarter
            from: 2015-16
            tables:
              - { id: staff, title: Staff in post, measure: staff, rows: [{ area: north }, { area: east }, { area: west }] }
            """),
        new("returns/force.shares.yaml", """
            agency: force
            return: shares
            title: Shares
            every: year
            from: 2015-16
            tables:
              - { id: share, title: Share by area, measure: share, rows: [{ area: north }, { area: east }] }
            """),
        new("returns/force.costs.yaml", """
            agency: force
            return: costs
            title: Costs
            every: year
            from: 2015-16
            tables:
              - id: cost
                title: Net costs
                measure: cost
                scale: 1000
                rows: [{ area: north }, { area: east }]
              - id: rates
                title: Rates
                rows: [{ measure: rate }]
              - id: uses
                title: Uses of tools
                measure: uses
                rows:
                  - { total: "Baton, of which", of: [Baton used, Not stated], under: [Tool] }
                  - { tool: baton-used }
                  - { tool: baton-unknown, aliases: [Not stated], under: ["Baton, of which"] }
                  - { tool: spray-used }
                  - { tool: spray-unknown, aliases: [Not stated], under: ["Spray, of which"] }
            """),
    ]);

    /// <summary>Returns the values in the form's order and the findings, one in each line.</summary>
    public static async Task<string> ReadAsync(string id, string period, string cells) => Describe(await Examine.GridAsync(id, period, cells, Catalogue), id);

    public static string Describe(ExaminationResult examined, string id) => string.Join(
        '\n',
        examined.Findings.Select(finding => $"{finding.Severity} {finding.Code} {finding.Cell?.Address}").Prepend(
            examined.Findings.Any(finding => finding.Severity == Severity.Error) ? "rejected" : Examine.Values(examined, Examine.Form(id, Catalogue))));
}
