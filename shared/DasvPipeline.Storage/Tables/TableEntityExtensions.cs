using System.Globalization;
using Azure.Data.Tables;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Tables;

/// <summary>Reads and writes domain values as properties, in the same way in every table.</summary>
internal static class TableEntityExtensions
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Sets a property. A null value is not stored: an absent property means null.</summary>
    public static TableEntity SetValue(this TableEntity entity, string name, object? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }

        return entity;
    }

    public static TableEntity SetValue(this TableEntity entity, Counts counts) => entity
        .SetValue("Errors", counts.Errors)
        .SetValue("Queries", counts.Queries)
        .SetValue("Explained", counts.Explained)
        .SetValue("Notes", counts.Notes)
        .SetValue("Observations", counts.Observations);

    public static Counts GetCounts(this TableEntity entity) =>
        new(entity.GetRequiredInt32("Errors"), entity.GetRequiredInt32("Queries"), entity.GetRequiredInt32("Explained"), entity.GetRequiredInt32("Notes"), entity.GetRequiredInt32("Observations"));

    public static TableEntity SetDay(this TableEntity entity, string name, DateOnly day) =>
        entity.SetValue(name, day.ToString(DayFormat, CultureInfo.InvariantCulture));

    public static DateOnly GetRequiredDay(this TableEntity entity, string name) =>
        DateOnly.ParseExact(entity.GetRequiredString(name), DayFormat, CultureInfo.InvariantCulture);

    public static TableEntity SetEnum<T>(this TableEntity entity, string name, T value) where T : struct, Enum =>
        entity.SetValue(name, value.ToString());

    public static T GetEnum<T>(this TableEntity entity, string name) where T : struct, Enum => Enum.Parse<T>(entity.GetRequiredString(name));

    public static string GetRequiredString(this TableEntity entity, string name) => entity.GetString(name) ?? throw Missing(name);

    public static int GetRequiredInt32(this TableEntity entity, string name) => entity.GetInt32(name) ?? throw Missing(name);

    public static DateTimeOffset GetRequiredTime(this TableEntity entity, string name) => entity.GetDateTimeOffset(name) ?? throw Missing(name);

    /// <summary>Sets the person who did something: the name, and the immutable ids of the account and its directory.</summary>
    /// <param name="by">Null for the pipeline, or for the notes of a file.</param>
    public static TableEntity SetPerson(this TableEntity entity, Person? by) => entity.SetValue("By", by?.Name).SetValue("ById", by?.Id).SetValue("ByTenant", by?.TenantId);

    /// <summary>Returns the person who did something; null if no person did. Rows from before the ids were kept have the name as the id.</summary>
    public static Person? GetPerson(this TableEntity entity) =>
        entity.GetString("By") is { } name ? new Person(entity.GetString("ById") ?? name, name) { TenantId = entity.GetString("ByTenant") } : null;

    private static InvalidDataException Missing(string name) => new($"A stored entity has no property {name}.");
}
