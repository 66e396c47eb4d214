using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The manager's page of everything that is audited, and the same list as JSON and CSV.</summary>
public sealed class AuditPages(PageHandler pages, PartnershipCatalogue catalogue, DescribeAudit describe, CallerReader callers)
{
    public const int PageSize = 50;

    private const string WrongDay = "Write the day like 2020-06-01.";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager, async context =>
    {
        var query = AuditQuery.Read(request);
        var list = query.Filter is { } filter ? await describe.RunAsync(filter, ct) : new AuditList([], [], []);
        return PageHandler.Render(
            new AuditPage { PageContext = context, Catalogue = catalogue, List = list, Query = query },
            query.Filter is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    });

    /// <summary>Returns all events that the filter selects, on one page.</summary>
    public async Task<IResult> GetListAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckManager(request, callers)
            ?? (AuditQuery.Read(request).Filter is { } filter
                ? ListFormat.CreateResult(request, "audit", await describe.RunAsync(filter, ct), AuditJson.Default.AuditList, list => list.ToCsv())
                : ErrorResults.BadRequest(WrongDay));
    }
}

/// <summary>The filter of the address, as it was entered.</summary>
/// <param name="Page">The number of the page, from 1.</param>
public sealed record AuditQuery(string Person, string Event, string About, string From, string To, int Page)
{
    /// <summary>The filter; null if a day is not valid.</summary>
    public AuditFilter? Filter { get; private init; }

    /// <summary>The fields whose day is not valid.</summary>
    public IReadOnlyList<string> WrongDays { get; private init; } = [];

    public static AuditQuery Read(HttpRequest request)
    {
        var query = request.Query;
        var read = new AuditQuery(
            query["person"].ToString(), query["event"].ToString(), query["about"].ToString(), query["from"].ToString(), query["to"].ToString(),
            int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1);
        var wrong = new[] { ("from", read.From), ("to", read.To) }.Where(field => field.Item2.Length > 0 && ParseDay(field.Item2) is null).Select(field => field.Item1).ToList();
        return read with
        {
            WrongDays = wrong,
            Filter = wrong.Count > 0 ? null : new AuditFilter(NullIfEmpty(read.Person), NullIfEmpty(read.Event), NullIfEmpty(read.About), ParseDay(read.From), ParseDay(read.To)),
        };
    }

    /// <summary>Creates the query of an address with this filter.</summary>
    /// <param name="page">Null for none.</param>
    public string ToQuery(int? page) => string.Join('&', new (string Name, string? Value)[]
    {
        ("person", Person), ("event", Event), ("about", About), ("from", From), ("to", To), ("page", page?.ToString(CultureInfo.InvariantCulture)),
    }.Where(item => !string.IsNullOrEmpty(item.Value)).Select(item => $"{item.Name}={Uri.EscapeDataString(item.Value!)}"));

    private static DateOnly? ParseDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
