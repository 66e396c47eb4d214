using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace DasvPipeline.Storage.Connect;

/// <summary>Finds every missing or invalid storage setting. A message names the setting and never repeats its value.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> failures =
        [
            .. Failures(nameof(StorageOptions.Returns), options.Returns, needsTables: true),
            .. RetentionFailures(options.Returns.RetentionDays),
            .. Failures(nameof(StorageOptions.Public), options.Public, needsTables: false),
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(string section, AccountOptions account, bool needsTables)
    {
        if (account.HasConnectionString)
        {
            if (!IsConnectionString(account.ConnectionString!, needsTables))
            {
                yield return $"The setting {section} is not a connection string of a storage account.";
            }

            yield break;
        }

        (string Name, string? Value)[] addresses = needsTables
            ? [("blobServiceUri", account.BlobServiceUri), ("tableServiceUri", account.TableServiceUri)]
            : [("blobServiceUri", account.BlobServiceUri)];
        foreach (var (name, value) in addresses)
        {
            if (string.IsNullOrEmpty(value))
            {
                yield return $"The setting {section}:{name} is missing. Set it to the service's address, or set {section} to a connection string.";
            }
            else if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            {
                yield return $"The setting {section}:{name} is not an address such as https://account.blob.core.windows.net.";
            }
        }
    }

    private static IEnumerable<string> RetentionFailures(string? days) =>
        string.IsNullOrEmpty(days) || int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? []
            : [$"The setting {nameof(StorageOptions.Returns)}:retentionDays is not a number of days. Use 0 if uploads are never deleted."];

    private static bool IsConnectionString(string text, bool needsTables)
    {
        try
        {
            _ = new BlobServiceClient(text);
            _ = needsTables ? new TableServiceClient(text) : null;
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
