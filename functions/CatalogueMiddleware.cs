using DasvPipeline.Portal;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.Functions;

/// <summary>Takes the live catalogue for every run, before its trigger is created.</summary>
internal sealed class CatalogueMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await context.InstanceServices.GetRequiredService<CatalogueScope>().OpenAsync(context.FunctionDefinition.Name, context.CancellationToken);
        await next(context);
    }
}
