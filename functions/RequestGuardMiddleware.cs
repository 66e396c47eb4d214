using DasvPipeline.Portal.Pages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace DasvPipeline.Functions;

/// <summary>Runs every HTTP trigger in the <see cref="RequestGuard"/>.</summary>
internal sealed class RequestGuardMiddleware(RequestGuard guard) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
        }
        else if (await guard.RunAsync(http, () => next(context)) is { } response)
        {
            context.GetInvocationResult().Value = response;
        }
    }
}
