using System.Globalization;
using Azure.Data.Tables;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Storage.Tables;

/// <summary>Reads and writes domain values as properties, in the same way in every table.</summary>
internal static class Fields
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Sets a property. A null value is not stored: an absent property means null.</summary>
    public static TableEntity With(this TableEntity entity, string name, object? value)
    {
        if (value is not null)
        {
            entity[name] = value;
        }

        return entity;
    }

    public static TableEntity With(this TableEntity entity, Counts counts) => entity
        .With("Errors", counts.Errors)
        .With("Queries", counts.Queries)
        .With("Explained", counts.Explained)
        .With("Notes", counts.Notes)
        .With("Observations", counts.Observations);

    public static Counts Counts(this TableEntity entity) =>
        new(entity.Int("Errors"), entity.Int("Queries"), entity.Int("Explained"), entity.Int("Notes"), entity.Int("Observations"));

    public static TableEntity WithDay(this TableEntity entity, string name, DateOnly day) =>
        entity.With(name, day.ToString(DayFormat, CultureInfo.InvariantCulture));

    public static DateOnly Day(this TableEntity entity, string name) =>
        DateOnly.ParseExact(entity.Text(name), DayFormat, CultureInfo.InvariantCulture);

    public static TableEntity WithName<T>(this TableEntity entity, string name, T value) where T : struct, Enum =>
        entity.With(name, value.ToString());

    public static T Named<T>(this TableEntity entity, string name) where T : struct, Enum => Enum.Parse<T>(entity.Text(name));

    public static string Text(this TableEntity entity, string name) => entity.GetString(name) ?? throw Missing(name);

    public static int Int(this TableEntity entity, string name) => entity.GetInt32(name) ?? throw Missing(name);

    public static DateTimeOffset Time(this TableEntity entity, string name) => entity.GetDateTimeOffset(name) ?? throw Missing(name);

    private static InvalidDataException Missing(string name) => new($"A stored entity has no property {name}.");
}
