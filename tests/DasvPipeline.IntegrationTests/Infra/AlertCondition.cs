using System.Globalization;
using System.Text.Json;
using System.Xml;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>
/// The condition of a log alert, as <c>infra/alerts.json</c> declares it. The template makes the query from the same file, and
/// <see cref="Query"/> repeats how. <see cref="Fires"/> evaluates it on exported telemetry.
/// </summary>
/// <param name="Span">The span whose rows are counted; null for a gauge.</param>
/// <param name="Succeeded">Whether rows of successful or of failed spans are counted.</param>
/// <param name="FewerThan">Fires if there are fewer rows in the window.</param>
/// <param name="AtLeast">Fires if there are at least as many rows in the window.</param>
/// <param name="Gauge">The gauge whose newest value is compared; null for a span.</param>
/// <param name="Above">Fires if the newest value in the window is above this.</param>
internal sealed record AlertCondition(string Name, string Window, string? Span, bool? Succeeded, int? FewerThan, int? AtLeast, string? Gauge, double? Above)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<AlertCondition> All { get; } =
        JsonSerializer.Deserialize<List<AlertCondition>>(File.ReadAllText(Path.Combine(LocalFolders.Repository, "infra", "alerts.json")), Options)!;

    public string Query => Span is null
        ? string.Create(CultureInfo.InvariantCulture, $"AppMetrics | where Name == \"{Gauge}\" | summarize arg_max(TimeGenerated, Sum) | where Sum > {Above}")
        : string.Create(CultureInfo.InvariantCulture, $"AppDependencies | where Name == \"{Span}\" and Success == {(Succeeded == true ? "true" : "false")} | summarize Rows = count() | where Rows {(FewerThan is null ? $">= {AtLeast}" : $"< {FewerThan}")}");

    /// <summary>Returns true if Azure would send the alert at this time.</summary>
    public bool Fires(TelemetryRows rows, DateTimeOffset at)
    {
        var from = at - XmlConvert.ToTimeSpan(Window);
        if (Span is null)
        {
            return rows.Metrics.Where(row => row.Name == Gauge && row.Time > from && row.Time <= at).MaxBy(row => row.Time) is { } newest && newest.Sum > Above;
        }

        var count = rows.Dependencies.Count(row => row.Name == Span && row.Success == Succeeded && row.Time > from && row.Time <= at);
        return FewerThan is { } fewer ? count < fewer : count >= AtLeast;
    }
}

internal sealed record DependencyRow(DateTimeOffset Time, string Name, bool Success);

internal sealed record MetricRow(DateTimeOffset Time, string Name, double Sum);

/// <summary>The rows of the tables AppDependencies and AppMetrics.</summary>
internal sealed record TelemetryRows(IReadOnlyList<DependencyRow> Dependencies, IReadOnlyList<MetricRow> Metrics);
