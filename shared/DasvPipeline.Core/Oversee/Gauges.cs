using System.Diagnostics.Metrics;

namespace DasvPipeline.Core.Oversee;

/// <summary>What alerts look at and no log tells.</summary>
public static class Gauges
{
    /// <summary>Name of the meter, for whoever sends its measurements on.</summary>
    public const string Meter = "DasvPipeline";

    private static readonly Meter Ours = new(Meter);

    internal static Gauge<int> DaysOverdue { get; } =
        Ours.CreateGauge<int>("dasv.release.days_overdue", "days", "For how many days the release that the feed announces has been overdue.");
}
