using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Returns a list for the manager as JSON or, with <c>?format=csv</c>, as a CSV file for a spreadsheet.</summary>
internal static class ListFormat
{
    public const string Csv = "csv";
    public const string CsvType = "text/csv; charset=utf-8";

    private const string Json = "json";

    /// <param name="name">The name of the file, without its extension.</param>
    public static IResult CreateResult<T>(HttpRequest request, string name, T list, JsonTypeInfo<T> json, Func<T, byte[]> csv) => GetFormat(request) switch
    {
        Json => Results.Json(list, json),
        Csv => Results.Bytes(csv(list), CsvType, $"{name}.{Csv}"),
        _ => ErrorResults.BadRequest("The format must be json or csv."),
    };

    /// <summary>Returns the requested format in lower case; json if none is given.</summary>
    public static string GetFormat(HttpRequest request) => request.Query["format"].ToString() is { Length: > 0 } format ? format.ToLowerInvariant() : Json;
}
