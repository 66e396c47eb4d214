using System.Collections.Concurrent;
using DasvPipeline.Core.Ingest;

namespace DasvPipeline.UnitTests.Ingest;

/// <summary>An agency that sends much does not delay the others.</summary>
public sealed class FairOrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Takes_the_items_of_all_owners_in_turn_and_keeps_the_order_of_each()
    {
        string[] paths = ["a/1", "a/2", "a/3", "b/1", "c/1", "c/2"];
        Assert.Equal(["a/1", "b/1", "c/1", "a/2", "c/2", "a/3"], FairOrder.TakeInTurn(paths, FairOrder.GetAgency));
        Assert.Empty(FairOrder.TakeInTurn(Array.Empty<string>(), FairOrder.GetAgency));
    }

    /// <summary>Each of the first ingests waits until four have started, so these are the four that run at the same time.</summary>
    [Fact]
    public async Task The_first_ingests_of_a_sweep_belong_to_different_agencies()
    {
        var paths = Enumerable.Range(1, 20).Select(number => $"agency-a/return-{number}/2019-20-Q1/x.csv").Concat(["agency-b/r/2019-20-Q1/x.csv", "agency-c/r/2019-20-Q1/x.csv", "agency-d/r/2019-20-Q1/x.csv"]);
        var started = new ConcurrentQueue<string>();
        var four = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ingests = new ParallelIngests(Ct);
        await ingests.RunAsync(paths, path => path, async (path, token) =>
        {
            started.Enqueue(FairOrder.GetAgency(path));
            if (started.Count >= 4)
            {
                four.TrySetResult();
            }

            await four.Task.WaitAsync(token);
            return true;
        });
        Assert.Equal(["agency-a", "agency-b", "agency-c", "agency-d"], started.Take(4).Order(StringComparer.Ordinal));
        Assert.Equal(23, ingests.GetFound());
    }

    [Fact]
    public async Task The_uploads_of_a_return_run_one_after_another_in_their_order()
    {
        var paths = Enumerable.Range(1, 4).Select(quarter => $"agency/return/2019-20-Q{quarter}/x.csv").ToList();
        var (ran, running) = (new ConcurrentQueue<string>(), 0);
        using var ingests = new ParallelIngests(Ct);
        await ingests.RunAsync(paths, path => path, async (path, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            ran.Enqueue(path);
            Interlocked.Decrement(ref running);
            return true;
        });
        Assert.Equal(4, ingests.GetFound());
        Assert.Equal(paths, ran);
    }
}
