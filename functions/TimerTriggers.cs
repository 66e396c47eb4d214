using DasvPipeline.Core;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>What runs once a day must not wait for a day because storage was away for minutes. The sweep comes again within the hour.</summary>
internal static class Retries
{
    public const int Count = 5;
    public const string Shortest = "00:00:30";
    public const string Longest = "00:10:00";
}

/// <summary>Fires by <c>SweepSchedule</c>: ingests uploads that no event announced.</summary>
public sealed class SweepReturnsTrigger(SweepReturns sweep)
{
    [Function("SweepReturns")]
    public Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken ct) => sweep.RunAsync(ct);
}

/// <summary>Fires by <c>PublishSchedule</c>: publishes a release if the headlines have changed.</summary>
public sealed class PublishHeadlinesTrigger(PublishHeadlines publish)
{
    [Function("PublishHeadlines")]
    [ExponentialBackoffRetry(Retries.Count, Retries.Shortest, Retries.Longest)]
    public Task RunAsync([TimerTrigger("%PublishSchedule%")] TimerInfo timer, CancellationToken ct) => publish.RunAsync(ct);
}

/// <summary>Fires by <c>ChaseSchedule</c>: writes into the ledger what is due and what is overdue.</summary>
public sealed class ChaseReturnsTrigger(ChaseReturns chase)
{
    [Function("ChaseReturns")]
    [ExponentialBackoffRetry(Retries.Count, Retries.Shortest, Retries.Longest)]
    public Task RunAsync([TimerTrigger("%ChaseSchedule%")] TimerInfo timer, CancellationToken ct) => chase.RunAsync(ct);
}
