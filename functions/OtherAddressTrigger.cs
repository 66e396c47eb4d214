using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>
/// For anyone: the root address, and every address and method that no other trigger serves. The Functions host tries the triggers in
/// the order of their names, so this name must be the last one.
/// </summary>
public sealed class OtherAddressTrigger(OtherAddresses addresses)
{
    public const string Route = "{*path}";

    [Function("ZOtherAddress")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", "trace", Route = Route)] HttpRequest request) =>
        Task.FromResult(addresses.Handle(request));
}
