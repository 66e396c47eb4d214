using System.Diagnostics;
using System.Diagnostics.Metrics;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Telemetry;

/// <summary>The metrics of the pipeline, with UCUM units. The alerts and the workbook in <c>infra/</c> use them.</summary>
internal static class Metrics
{
    private static readonly Meter Meter = new(PipelineTelemetry.Name);

    public static Counter<long> Received { get; } =
        Meter.CreateCounter<long>("dasv.returns.received", "{return}", "Uploads that were accepted, rejected or already received.");

    public static Counter<long> Accepted { get; } = Meter.CreateCounter<long>("dasv.returns.accepted", "{return}", "Uploads that were accepted.");

    public static Counter<long> Rejected { get; } = Meter.CreateCounter<long>("dasv.returns.rejected", "{return}", "Uploads that were rejected.");

    public static Counter<long> Findings { get; } =
        Meter.CreateCounter<long>("dasv.findings", "{finding}", "Findings in uploads that were accepted or rejected, by code and severity.");

    public static Histogram<double> PublishDuration { get; } = Meter.CreateHistogram(
        "dasv.publish.duration",
        "s",
        "Duration of a publish, by result.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    public static Gauge<double> ReleaseAge { get; } =
        Meter.CreateGauge<double>("dasv.release.age", "s", "Age of the current release when the last publish ended.");

    public static Gauge<int> DaysOverdue { get; } =
        Meter.CreateGauge<int>("dasv.release.days_overdue", "d", "Number of days that the next announced release is overdue.");

    public static Gauge<int> FilesWithPeople { get; } =
        Meter.CreateGauge<int>("dasv.files.with_people", "{file}", "Rejected files with personal data that nobody has deleted.");

    public static void Count(IEnumerable<Finding> findings)
    {
        foreach (var group in findings.GroupBy(finding => (finding.Code, finding.Severity)))
        {
            Findings.Add(group.Count(), new TagList { { PipelineTelemetry.Tags.Code, group.Key.Code }, { PipelineTelemetry.Tags.Severity, group.Key.Severity.ToString() } });
        }
    }
}
