using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DasvPipeline.Storage.Connect;

/// <summary>The settings of the storage accounts: the sections <c>Returns</c> (private) and <c>Public</c>.</summary>
public sealed class StorageOptions
{
    public AccountOptions Returns { get; private set; } = new();

    public AccountOptions Public { get; private set; } = new();

    internal void Read(IConfiguration configuration) =>
        (Returns, Public) = (
        AccountOptions.From(configuration.GetSection(nameof(Returns)), needsTables: true),
        AccountOptions.From(configuration.GetSection(nameof(Public)), needsTables: false));
}

/// <summary>One storage account: a connection string, or the addresses of its services.</summary>
public sealed class AccountOptions
{
    /// <summary>The name of the section.</summary>
    public string Section { get; init; } = string.Empty;

    /// <summary>The value of the section itself. It holds a key, so no message repeats it.</summary>
    public string? ConnectionString { get; init; }

    public string? BlobServiceUri { get; init; }

    /// <summary>Needed for the private account only.</summary>
    public string? TableServiceUri { get; init; }

    /// <summary>The client id of a user-assigned identity; empty for the default credential.</summary>
    public string? ClientId { get; init; }

    /// <summary>The number of days after which the account deletes an upload; empty or 0 if it never does. Used for the private account only.</summary>
    public string? RetentionDays { get; init; }

    internal bool HasConnectionString => !string.IsNullOrEmpty(ConnectionString);

    internal int? GetRetentionDays() => int.TryParse(RetentionDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days : null;

    internal bool NeedsTables { get; private init; }

    internal static AccountOptions From(IConfigurationSection section, bool needsTables) => new()
    {
        Section = section.Key,
        ConnectionString = section.Value,
        BlobServiceUri = section["blobServiceUri"],
        TableServiceUri = needsTables ? section["tableServiceUri"] : null,
        ClientId = section["clientId"],
        RetentionDays = needsTables ? section["retentionDays"] : null,
        NeedsTables = needsTables,
    };

    /// <summary>Finds every missing or invalid setting of the account. A message names the setting and never repeats its value.</summary>
    internal IEnumerable<SettingProblem> FindProblems()
    {
        if (HasConnectionString)
        {
            return IsConnectionString(ConnectionString!) ? [] : [new SettingProblem(Section, $"The setting {Section} is not a connection string of a storage account.")];
        }

        (string Name, string? Value)[] addresses = NeedsTables ? [("blobServiceUri", BlobServiceUri), ("tableServiceUri", TableServiceUri)] : [("blobServiceUri", BlobServiceUri)];
        return addresses.Select(address => (Name: $"{Section}:{address.Name}", address.Value)).Where(address => !IsAddress(address.Value)).Select(address => new SettingProblem(
            address.Name,
            string.IsNullOrEmpty(address.Value)
                ? $"The setting {address.Name} is missing. Set it to the service's address, or set {Section} to a connection string."
                : $"The setting {address.Name} is not an address such as https://account.blob.core.windows.net."));
    }

    /// <summary>Finds an invalid retention. The account works without it.</summary>
    internal IEnumerable<SettingProblem> FindRetentionProblem() =>
        string.IsNullOrEmpty(RetentionDays) || int.TryParse(RetentionDays, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? []
            : [new SettingProblem($"{Section}:retentionDays", $"The setting {Section}:retentionDays is not a number of days. Use 0 if uploads are never deleted.")];

    private static bool IsAddress(string? value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;

    private bool IsConnectionString(string text)
    {
        try
        {
            _ = new BlobServiceClient(text);
            _ = NeedsTables ? new TableServiceClient(text) : null;
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>Checks the settings of both accounts.</summary>
internal sealed class StorageSettingCheck(IOptions<StorageOptions> options) : ISettingCheck
{
    public IEnumerable<SettingProblem> FindProblems() =>
        [.. options.Value.Returns.FindProblems(), .. options.Value.Returns.FindRetentionProblem(), .. options.Value.Public.FindProblems()];
}
