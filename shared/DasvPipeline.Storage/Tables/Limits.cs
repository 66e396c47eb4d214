using Azure.Data.Tables;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// What Azure Table Storage takes, enforced before anything is sent: the emulator takes more.
/// Source: learn.microsoft.com, "Scalability and performance targets for Table storage".
/// </summary>
internal static class Limits
{
    public const int MaxBatchSize = 100;
    public const int MaxBatchBytes = 4 * 1024 * 1024;
    public const int MaxEntityBytes = 1024 * 1024;

    /// <summary>Besides PartitionKey, RowKey and Timestamp.</summary>
    public const int MaxProperties = 252;

    /// <summary>Of UTF-16.</summary>
    public const int MaxStringBytes = 64 * 1024;

    /// <summary>Of UTF-16.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Headers and addresses of one operation within a transaction; an upper bound.</summary>
    private const int OperationOverhead = 1024;

    /// <summary>A character that JSON may escape as \u0000.</summary>
    private const int EscapedCharacter = 6;

    /// <summary>Throws when Azure would refuse the entity, and says which limit it breaks.</summary>
    public static void Check(TableEntity entity)
    {
        Keys.Checked(entity.PartitionKey);
        Keys.Checked(entity.RowKey);

        // As Azure counts: four bytes, the keys, then eight bytes, the name and the value of each property.
        long bytes = 4 + Utf16(entity.PartitionKey) + Utf16(entity.RowKey);
        var properties = 0;
        foreach (var (name, value) in Properties(entity))
        {
            properties++;
            if (value is string text && Utf16(text) > MaxStringBytes)
            {
                throw new StorageLimitException($"A text may be {MaxStringBytes} bytes; the property {name} has {Utf16(text)}.");
            }

            bytes += 8 + Utf16(name) + SizeOf(value);
        }

        if (properties > MaxProperties)
        {
            throw new StorageLimitException($"An entity may have {MaxProperties} properties; this one has {properties}.");
        }

        if (bytes > MaxEntityBytes)
        {
            throw new StorageLimitException($"An entity may be {MaxEntityBytes} bytes; this one is {bytes}.");
        }
    }

    /// <summary>Bytes of the entity within the body of a transaction; an upper bound.</summary>
    public static int BytesInTransaction(TableEntity entity)
    {
        var bytes = OperationOverhead + 3 * (entity.PartitionKey.Length + entity.RowKey.Length);
        foreach (var (name, value) in Properties(entity))
        {
            bytes += 64 + 2 * name.Length + value switch
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
            length += char.IsAsciiLetterOrDigit(c) || c == ' ' ? 1 : EscapedCharacter;
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

/// <summary>We were about to send what Azure refuses: a fault of ours.</summary>
internal sealed class StorageLimitException(string message) : InvalidOperationException(message);
