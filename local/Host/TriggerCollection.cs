using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Local.Host;

/// <summary>A trigger method of Azure Functions, found by its attributes.</summary>
internal abstract record Trigger(string Name, MethodInfo Method)
{
    /// <summary>Calls the method on an instance from dependency injection, with arguments chosen by type or name, and waits for its end.</summary>
    /// <returns>The ended task, which has the result if the method has one.</returns>
    protected async Task<Task> InvokeAsync(IServiceProvider services, IReadOnlyDictionary<string, object?> named, CancellationToken ct, params object[] typed)
    {
        var arguments = Method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? ct
            : named.TryGetValue(parameter.Name!, out var value) ? value
            : Array.Find(typed, parameter.ParameterType.IsInstanceOfType)
              ?? throw new InvalidOperationException($"The trigger {Name} has a parameter '{parameter.Name}' that the laptop host cannot provide."));
        await using var scope = await services.OpenScopeAsync(Name, ct);
        var instance = ActivatorUtilities.CreateInstance(scope.ServiceProvider, Method.DeclaringType!);
        var run = (Task)Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [.. arguments], null)!;
        await run;
        return run;
    }
}

internal sealed record BlobTriggerFunction(string Name, MethodInfo Method, string Container, string Token) : Trigger(Name, Method)
{
    public Task RunAsync(IServiceProvider services, Azure.Storage.Blobs.BlobClient blob, string path, CancellationToken ct) =>
        InvokeAsync(services, new Dictionary<string, object?> { [Token] = path }, ct, blob);
}

internal sealed record QueueTriggerFunction(string Name, MethodInfo Method, string Queue) : Trigger(Name, Method)
{
    public Task RunAsync(IServiceProvider services, object message, CancellationToken ct) => InvokeAsync(services, new Dictionary<string, object?>(), ct, message);
}

/// <param name="Schedule">Null if the setting of the schedule is missing.</param>
internal sealed record TimerTriggerFunction(string Name, MethodInfo Method, string? Schedule) : Trigger(Name, Method)
{
    public Task RunAsync(IServiceProvider services, CancellationToken ct) =>
        InvokeAsync(services, new Dictionary<string, object?>(), ct, new TimerInfo());
}

internal sealed record HttpTriggerFunction(string Name, MethodInfo Method, IReadOnlyList<string> Methods, string Route) : Trigger(Name, Method)
{
    public async Task<IResult> RunAsync(HttpContext context) => await (Task<IResult>)await InvokeAsync(
        context.RequestServices,
        context.Request.RouteValues.ToDictionary(value => value.Key, value => (object?)value.Value?.ToString(), StringComparer.Ordinal),
        context.RequestAborted,
        context.Request);
}

/// <summary>Every trigger of the function app. Routes, paths and schedules come from their attributes.</summary>
internal sealed partial class TriggerCollection
{
    private TriggerCollection(
        IReadOnlyList<BlobTriggerFunction> blobs, IReadOnlyList<QueueTriggerFunction> queues, IReadOnlyList<TimerTriggerFunction> timers, IReadOnlyList<HttpTriggerFunction> https) =>
        (BlobTriggers, QueueTriggers, TimerTriggers, HttpTriggers) = (blobs, queues, timers, https);

    public IReadOnlyList<BlobTriggerFunction> BlobTriggers { get; }

    /// <summary>The triggers of queues: of deleted blobs, and of uploads whose ingest failed.</summary>
    public IReadOnlyList<QueueTriggerFunction> QueueTriggers { get; }

    public IReadOnlyList<TimerTriggerFunction> TimerTriggers { get; }

    public IReadOnlyList<HttpTriggerFunction> HttpTriggers { get; }

    public TimerTriggerFunction GetTimer(string name) => TimerTriggers.Single(timer => timer.Name == name);

    /// <param name="settings">The settings that replace <c>%name%</c> in attributes.</param>
    public static TriggerCollection Find(Assembly assembly, IConfiguration settings)
    {
        var blobs = new List<BlobTriggerFunction>();
        var queues = new List<QueueTriggerFunction>();
        var timers = new List<TimerTriggerFunction>();
        var https = new List<HttpTriggerFunction>();
        foreach (var method in assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).OrderBy(method => method.DeclaringType!.Name, StringComparer.Ordinal))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            {
                continue;
            }

            foreach (var parameter in method.GetParameters())
            {
                if (parameter.GetCustomAttribute<BlobTriggerAttribute>() is { } blob)
                {
                    var parts = blob.BlobPath.Split('/', 2);
                    blobs.Add(new BlobTriggerFunction(function.Name, method, parts[0], parts[1].Trim('{', '}')));
                }
                else if (parameter.GetCustomAttribute<QueueTriggerAttribute>() is { } queue)
                {
                    queues.Add(new QueueTriggerFunction(function.Name, method, queue.QueueName));
                }
                else if (parameter.GetCustomAttribute<TimerTriggerAttribute>() is { } timer)
                {
                    timers.Add(new TimerTriggerFunction(function.Name, method, Resolve(timer.Schedule, settings)));
                }
                else if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
                {
                    https.Add(new HttpTriggerFunction(function.Name, method, http.Methods ?? [], http.Route ?? function.Name));
                }
            }
        }

        return new TriggerCollection(blobs, queues, timers, https);
    }

    private static string? Resolve(string text, IConfiguration settings) => Setting().Match(text) is { Success: true } setting ? settings[setting.Groups[1].Value] : text;

    [GeneratedRegex("^%([^%]+)%$")]
    private static partial Regex Setting();
}
