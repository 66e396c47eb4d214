using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Lists who did what, when, and to which return or release: everything that is audited. A source that cannot be read is named in the list,
/// and the others are shown.
/// </summary>
public sealed partial class DescribeAudit(IAuditStore store, ILogger<DescribeAudit> logger)
{
    public async Task<AuditList> RunAsync(AuditFilter filter, CancellationToken ct)
    {
        var since = filter.From is { } from ? UkTime.At(from, TimeOnly.MinValue) : (DateTimeOffset?)null;
        var (records, unread) = (new List<AuditRecord>(), new List<AuditSource>());
        foreach (var source in Enum.GetValues<AuditSource>())
        {
            try
            {
                records.AddRange(await store.ReadAsync(source, since, ct));
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                Log.NotRead(logger, fault, source);
                unread.Add(source);
            }
        }

        var ordered = records.OrderByDescending(item => item.At).ThenByDescending(item => item.Version).ThenBy(item => item.Return?.ToString(), StringComparer.Ordinal).ThenBy(item => item.Name, StringComparer.Ordinal).ToList();
        return new AuditList(
            [.. ordered.Where(filter.Includes).Select(item => AuditElement.Create(item) with { File = item.Path is { } path ? ShowPath(path) : null })],
            unread,
            [.. ordered.Select(item => item.Person).OfType<Person>().DistinctBy(person => person.Id).OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase).ThenBy(person => person.Id, StringComparer.Ordinal).Select(person => AuditPerson.Create(person)!)]);
    }

    /// <summary>Returns a path, without a file name that seems to be about a person.</summary>
    private static string ShowPath(string path) => path[..(path.LastIndexOf('/') + 1)] + FreeText.CheckFileName(UploadName.GetOriginalName(path));

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Error, "A source of the audit could not be read: {Source}.")]
        public static partial void NotRead(ILogger logger, Exception fault, AuditSource source);
    }
}
