using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>
/// Retries of the daily timers, so that a short outage of storage does not delay them by a day. The sweep, which runs every 5 minutes, needs none.
/// </summary>
internal static class RetryPolicy
{
    public const int MaxRetries = 5;
    public const string MinInterval = "00:00:30";
    public const string MaxInterval = "00:10:00";
}

/// <summary>Fires on <c>SweepSchedule</c>: ingests uploads whose event was lost or whose ingest failed.</summary>
public sealed class SweepReturnsTrigger(SweepReturns sweep)
{
    [Function("SweepReturns")]
    public Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken ct) => sweep.RunAsync(ct);
}

/// <summary>Fires on <c>PublishSchedule</c>: publishes the approved release when its announced time has come, or all changes if releases are not announced.</summary>
public sealed class PublishHeadlinesTrigger(PublishHeadlines publish)
{
    [Function("PublishHeadlines")]
    [ExponentialBackoffRetry(RetryPolicy.MaxRetries, RetryPolicy.MinInterval, RetryPolicy.MaxInterval)]
    public Task RunAsync([TimerTrigger("%PublishSchedule%")] TimerInfo timer, CancellationToken ct) => publish.RunAsync(ct);
}

/// <summary>Fires on <c>ChaseSchedule</c>: records in the ledger which returns are due or overdue.</summary>
public sealed class ChaseReturnsTrigger(ChaseReturns chase)
{
    [Function("ChaseReturns")]
    [ExponentialBackoffRetry(RetryPolicy.MaxRetries, RetryPolicy.MinInterval, RetryPolicy.MaxInterval)]
    public Task RunAsync([TimerTrigger("%ChaseSchedule%")] TimerInfo timer, CancellationToken ct) => chase.RunAsync(ct);
}

/// <summary>Fires on <c>ChaseSchedule</c>: writes the reminders of the day.</summary>
public sealed class WriteRemindersTrigger(WriteReminders reminders)
{
    [Function("WriteReminders")]
    [ExponentialBackoffRetry(RetryPolicy.MaxRetries, RetryPolicy.MinInterval, RetryPolicy.MaxInterval)]
    public Task RunAsync([TimerTrigger("%ChaseSchedule%")] TimerInfo timer, CancellationToken ct) => reminders.RunAsync(ct);
}

/// <summary>Fires on <c>SweepSchedule</c>: sends the messages of the outbox.</summary>
public sealed class SendMessagesTrigger(SendMessages messages)
{
    [Function("SendMessages")]
    public Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, CancellationToken ct) => messages.RunAsync(ct);
}

/// <summary>Fires on <c>BackupSchedule</c>: copies the tables into a private container.</summary>
public sealed class BackUpTablesTrigger(BackUpTables backup)
{
    [Function("BackUpTables")]
    [ExponentialBackoffRetry(RetryPolicy.MaxRetries, RetryPolicy.MinInterval, RetryPolicy.MaxInterval)]
    public Task RunAsync([TimerTrigger("%BackupSchedule%")] TimerInfo timer, CancellationToken ct) => backup.RunAsync(ct);
}
