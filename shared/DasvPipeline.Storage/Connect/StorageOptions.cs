using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace DasvPipeline.Storage.Connect;

/// <summary>The settings of the storage accounts: the sections <c>Returns</c> (private) and <c>Public</c>.</summary>
public sealed class StorageOptions
{
    public AccountOptions Returns { get; private set; } = new();

    public AccountOptions Public { get; private set; } = new();

    internal void Read(IConfiguration configuration) =>
        (Returns, Public) = (
        AccountOptions.From(configuration.GetSection(nameof(Returns)), hasTables: true),
        AccountOptions.From(configuration.GetSection(nameof(Public)), hasTables: false));
}

/// <summary>One storage account: a connection string, or the addresses of its services.</summary>
public sealed class AccountOptions
{
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

    internal static AccountOptions From(IConfigurationSection section, bool hasTables) => new()
    {
        ConnectionString = section.Value,
        BlobServiceUri = section["blobServiceUri"],
        TableServiceUri = hasTables ? section["tableServiceUri"] : null,
        ClientId = section["clientId"],
        RetentionDays = hasTables ? section["retentionDays"] : null,
    };
}
