using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Portal;

/// <summary>Logs each setting that is missing or invalid when a host starts.</summary>
internal sealed partial class SettingLog(IEnumerable<ISettingCheck> settings, ILogger<SettingLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in settings.SelectMany(check => check.FindProblems()))
        {
            Log.Invalid(logger, problem.Sentence);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(603, LogLevel.Error, "{Sentence}")]
        public static partial void Invalid(ILogger logger, string sentence);
    }
}
