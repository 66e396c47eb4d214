using System.Diagnostics;
using System.Diagnostics.Metrics;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee;

/// <summary>What is counted and measured; units are those of UCUM. Alerts and the workbook of <c>infra/</c> look at them.</summary>
internal static class Measurements
{
    private static readonly Meter Ours = new(Telemetry.Name);

    public static Counter<long> Received { get; } =
        Ours.CreateCounter<long>("dasv.returns.received", "{return}", "Uploads that were accepted, rejected, or had been received before.");

    public static Counter<long> Accepted { get; } = Ours.CreateCounter<long>("dasv.returns.accepted", "{return}", "Uploads that were accepted.");

    public static Counter<long> Rejected { get; } = Ours.CreateCounter<long>("dasv.returns.rejected", "{return}", "Uploads that were rejected.");

    public static Counter<long> Findings { get; } =
        Ours.CreateCounter<long>("dasv.findings", "{finding}", "Findings in uploads that were accepted or rejected, by code and severity.");

    public static Histogram<double> PublishDuration { get; } = Ours.CreateHistogram(
        "dasv.publish.duration",
        "s",
        "How long a publish took, by what came of it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    public static Gauge<double> ReleaseAge { get; } =
        Ours.CreateGauge<double>("dasv.release.age", "s", "How old the current release was when a publish last ended.");

    public static Gauge<int> DaysOverdue { get; } =
        Ours.CreateGauge<int>("dasv.release.days_overdue", "d", "For how many days the release that the feed announces has been overdue.");

    public static void Count(IEnumerable<Finding> findings)
    {
        foreach (var alike in findings.GroupBy(finding => (finding.Code, finding.Severity)))
        {
            Findings.Add(alike.Count(), new TagList { { Telemetry.Tags.Code, alike.Key.Code }, { Telemetry.Tags.Severity, alike.Key.Severity.ToString() } });
        }
    }
}
