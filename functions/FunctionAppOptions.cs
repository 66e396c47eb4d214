using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using Microsoft.Extensions.Configuration;

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

    /// <summary>"True" if the private account cannot be reached from outside, so that upload links lead to the app.</summary>
    public string? UploadsThroughApp { get; private set; }

    /// <summary>scheduled or continuous, to replace the word in the catalogue; empty to keep it.</summary>
    public string? PublishMode { get; private set; }

    /// <summary>The address at which readers reach the app, for the links in the feed; empty to write relative links.</summary>
    public string? PublicAddress { get; private set; }

    public PublishOptions Publishing => PublishOptions.Parse(PublishMode, PublicAddress);

    public bool SendsUploadsThroughApp => string.Equals(UploadsThroughApp, bool.TrueString, StringComparison.OrdinalIgnoreCase);

    public bool TrustsPrincipalHeader => string.Equals(AuthenticationEnabled, bool.TrueString, StringComparison.OrdinalIgnoreCase);

    /// <summary>False if the setting is missing or is not a connection string. The app then works without telemetry.</summary>
    public bool SendsTelemetry => TelemetryConnectionString?.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase) == true;

    public void Read(IConfiguration configuration)
    {
        AuthenticationEnabled = configuration["WEBSITE_AUTH_ENABLED"];
        TelemetryConnectionString = configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"];
        ClientId = configuration["Returns:clientId"];
        UploadsThroughApp = configuration["UploadsThroughApp"];
        PublishMode = configuration["PublishMode"];
        PublicAddress = configuration["PublicAddress"];
    }
}

/// <summary>Finds settings of <see cref="FunctionAppOptions"/> that would be misread in silence.</summary>
internal sealed class FunctionAppCheck(FunctionAppOptions options) : ISettingCheck
{
    public IEnumerable<SettingProblem> FindProblems()
    {
        if (!string.IsNullOrEmpty(options.AuthenticationEnabled) && !bool.TryParse(options.AuthenticationEnabled, out _))
        {
            yield return new SettingProblem("WEBSITE_AUTH_ENABLED", "The setting WEBSITE_AUTH_ENABLED must be True or False. Nobody can sign in.");
        }

        if (!PublishOptions.TryParse(options.PublishMode, out _))
        {
            yield return new SettingProblem("PublishMode", "The setting PublishMode must be scheduled or continuous. Releases follow the catalogue.");
        }

        if (!PublishOptions.IsPublicAddress(options.PublicAddress))
        {
            yield return new SettingProblem("PublicAddress", "The setting PublicAddress must be an address such as https://figures.example.org. The links in the feed are relative.");
        }

        if (!string.IsNullOrEmpty(options.TelemetryConnectionString) && !options.SendsTelemetry)
        {
            yield return new SettingProblem(
                "APPLICATIONINSIGHTS_CONNECTION_STRING", "The setting APPLICATIONINSIGHTS_CONNECTION_STRING is not a connection string of Application Insights: it has no InstrumentationKey. No telemetry is sent.");
        }
    }
}
