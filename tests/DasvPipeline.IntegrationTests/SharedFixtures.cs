using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(DasvPipeline.IntegrationTests.SharedFixtures))]

namespace DasvPipeline.IntegrationTests;

/// <summary>
/// Fixtures that several test classes share and none changes. Each is created for the first class that uses it and
/// disposed at the end of the run. A run of one class creates only what that class needs.
/// </summary>
public sealed class SharedFixtures : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, Lazy<Task<object>>> _made = new();

    internal async Task<T> GetAsync<T>(Func<Task<T>> make)
        where T : class =>
        (T)await _made.GetOrAdd(typeof(T), _ => new Lazy<Task<object>>(async () => await make())).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var made in _made.Values.Where(made => made.Value.IsCompletedSuccessfully))
        {
            if (await made.Value is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
        }
    }
}
