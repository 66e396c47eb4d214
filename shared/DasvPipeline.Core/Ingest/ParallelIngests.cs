using System.Collections.Concurrent;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Runs the ingests of a sweep in parallel, those of one return one after another. Collects the failures, and stops after too many.
/// </summary>
internal sealed class ParallelIngests(CancellationToken ct) : IDisposable
{
    /// <summary>Small enough to avoid a retry storm, and large enough to keep two cores busy.</summary>
    private const int MaxParallelism = 4;

    /// <summary>Large enough that one upload cannot block the others, and small enough to stop if all of them fail.</summary>
    private const int MaxFailures = 10;

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private readonly ConcurrentQueue<Exception> _failures = [];
    private int _found;

    /// <summary>Cancelled when the sweep is, and after too many failures.</summary>
    public CancellationToken Token => _stop.Token;

    public bool HasFailures => !_failures.IsEmpty;

    /// <summary>
    /// Runs the ingests of items. Those of one return run one after another in the given order, because a period is compared with the
    /// previous one. The returns of different agencies are taken in turn.
    /// </summary>
    /// <param name="ingest">Returns true if it ingested the item or took it out.</param>
    public Task RunAsync<T>(IEnumerable<T> items, Func<T, string> pathOf, Func<T, CancellationToken, Task<bool>> ingest) => Parallel.ForEachAsync(
        FairOrder.TakeInTurn(items.GroupBy(item => ReturnOf(pathOf(item)), StringComparer.Ordinal), itemsOfReturn => FairOrder.GetAgency(itemsOfReturn.Key)),
        new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = Token },
        async (itemsOfReturn, token) =>
        {
            foreach (var item in itemsOfReturn)
            {
                await TryAsync(() => ingest(item, token), token);
            }
        });

    /// <summary>Adds a failure of the sweep itself, which must not hide those of the uploads.</summary>
    public void AddFailure(Exception failure) => _failures.Enqueue(failure);

    /// <summary>Returns the number of items that were ingested or taken out.</summary>
    /// <exception cref="AggregateException">Some ingests failed.</exception>
    public int GetFound() => _failures.IsEmpty ? _found : throw new AggregateException("Some uploads could not be ingested.", _failures);

    public void Dispose() => _stop.Dispose();

    private async Task TryAsync(Func<Task<bool>> ingest, CancellationToken token)
    {
        try
        {
            if (await ingest())
            {
                Interlocked.Increment(ref _found);
            }
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            _failures.Enqueue(failure);
            if (_failures.Count > MaxFailures)
            {
                await _stop.CancelAsync();
            }
        }
    }

    private static string ReturnOf(string path) => string.Join('/', path.Split('/').Take(2));
}
