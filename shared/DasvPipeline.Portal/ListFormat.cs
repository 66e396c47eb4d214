using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>What the manager is shown as JSON or, with <c>?format=csv</c>, as a file for a spreadsheet.</summary>
internal static class ListFormat
{
    public const string Csv = "csv";
    public const string CsvType = "text/csv; charset=utf-8";

    private const string Json = "json";

    /// <param name="name">Of the file, without its extension.</param>
    public static IResult Answer<T>(HttpRequest request, string name, T list, JsonTypeInfo<T> json, Func<T, byte[]> csv) => Of(request) switch
    {
        Json => Results.Json(list, json),
        Csv => Results.Bytes(csv(list), CsvType, $"{name}.{Csv}"),
        _ => Refusals.BadRequest("The formats are json and csv."),
    };

    /// <summary>In lower case; json where nothing is asked for.</summary>
    public static string Of(HttpRequest request) => request.Query["format"].ToString() is { Length: > 0 } format ? format.ToLowerInvariant() : Json;
}
