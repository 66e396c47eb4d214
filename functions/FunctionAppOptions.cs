using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DasvPipeline.Functions;

/// <summary>The settings of the function app that are not about storage or schedules.</summary>
public sealed class FunctionAppOptions
{
    /// <summary>"True" if App Service Authentication is on. The platform sets it; only then is the header with the caller trusted.</summary>
    public string? AuthenticationEnabled { get; private set; }

    /// <summary>The Application Insights resource; empty to send no telemetry.</summary>
    public string? TelemetryConnectionString { get; private set; }

    /// <summary>The client id of the identity that sends telemetry; empty for the default credential.</summary>
    public string? ClientId { get; private set; }

    public bool TrustsPrincipalHeader => string.Equals(AuthenticationEnabled, bool.TrueString, StringComparison.OrdinalIgnoreCase);

    public bool SendsTelemetry => !string.IsNullOrEmpty(TelemetryConnectionString);

    public void Read(IConfiguration configuration)
    {
        AuthenticationEnabled = configuration["WEBSITE_AUTH_ENABLED"];
        TelemetryConnectionString = configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"];
        ClientId = configuration["Returns:clientId"];
    }
}

/// <summary>Finds settings of <see cref="FunctionAppOptions"/> that would be misread in silence.</summary>
internal sealed class FunctionAppOptionsValidator : IValidateOptions<FunctionAppOptions>
{
    public ValidateOptionsResult Validate(string? name, FunctionAppOptions options)
    {
        List<string> failures = [];
        if (!string.IsNullOrEmpty(options.AuthenticationEnabled) && !bool.TryParse(options.AuthenticationEnabled, out _))
        {
            failures.Add("The setting WEBSITE_AUTH_ENABLED must be True or False.");
        }

        if (options.SendsTelemetry && !options.TelemetryConnectionString!.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
        {
            failures.Add("The setting APPLICATIONINSIGHTS_CONNECTION_STRING is not a connection string of Application Insights: it has no InstrumentationKey.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
