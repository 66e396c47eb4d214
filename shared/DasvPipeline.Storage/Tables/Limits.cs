using Azure.Data.Tables;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// Enforces the limits of Azure Table Storage before anything is sent, because the emulator accepts more.
/// Source: learn.microsoft.com, "Scalability and performance targets for Table storage".
/// </summary>
internal static class Limits
{
    public const int MaxBatchSize = 100;
    public const int MaxBatchBytes = 4 * 1024 * 1024;
    public const int MaxEntityBytes = 1024 * 1024;

    /// <summary>The maximum in addition to PartitionKey, RowKey and Timestamp.</summary>
    public const int MaxProperties = 252;

    /// <summary>The maximum bytes of a string in UTF-16.</summary>
    public const int MaxStringBytes = 64 * 1024;

    /// <summary>The maximum bytes of a key in UTF-16.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>An upper bound for the headers and addresses of one operation in a transaction.</summary>
    private const int OperationOverhead = 1024;

    /// <summary>The length of a character that JSON escapes, such as \u0000.</summary>
    private const int EscapedLength = 6;

    /// <summary>Throws if Azure would refuse the entity. The message says which limit it exceeds.</summary>
    public static void Check(TableEntity entity)
    {
        Keys.EnsureValid(entity.PartitionKey);
        Keys.EnsureValid(entity.RowKey);

        // Azure counts 4 bytes, the keys, and for each property 8 bytes, the name and the value.
        long bytes = 4 + Utf16(entity.PartitionKey) + Utf16(entity.RowKey);
        var properties = 0;
        foreach (var (name, value) in Properties(entity))
        {
            properties++;
            if (value is string text && Utf16(text) > MaxStringBytes)
            {
                throw new StorageLimitException($"A text can have at most {MaxStringBytes} bytes. The property {name} has {Utf16(text)}.");
            }

            bytes += 8 + Utf16(name) + SizeOf(value);
        }

        if (properties > MaxProperties)
        {
            throw new StorageLimitException($"An entity can have at most {MaxProperties} properties. This one has {properties}.");
        }

        if (bytes > MaxEntityBytes)
        {
            throw new StorageLimitException($"An entity can have at most {MaxEntityBytes} bytes. This one has {bytes}.");
        }
    }

    /// <summary>Returns an upper bound for the bytes of the entity in the body of a transaction.</summary>
    public static int BytesInTransaction(TableEntity entity)
    {
        var bytes = OperationOverhead + 3 * (entity.PartitionKey.Length + entity.RowKey.Length);
        foreach (var (name, value) in Properties(entity))
        {
            bytes += 72 + 2 * name.Length + value switch
            {
                string text => JsonLength(text),
                byte[] content => content.Length * 4 / 3,
                _ => 0,
            };
        }

        return bytes;
    }

    private static IEnumerable<KeyValuePair<string, object>> Properties(TableEntity entity) =>
        entity.Where(property => property.Value is not null && property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"));

    private static int JsonLength(string text)
    {
        var length = 0;
        foreach (var c in text)
        {
            length += char.IsAsciiLetterOrDigit(c) || c == ' ' ? 1 : EscapedLength;
        }

        return length;
    }

    private static int Utf16(string text) => text.Length * sizeof(char);

    private static int SizeOf(object value) => value switch
    {
        string text => 4 + Utf16(text),
        byte[] content => 4 + content.Length,
        bool => 1,
        int => 4,
        Guid => 16,
        _ => 8,
    };
}

/// <summary>Thrown when our code would send something that Azure refuses.</summary>
internal sealed class StorageLimitException(string message) : InvalidOperationException(message);
