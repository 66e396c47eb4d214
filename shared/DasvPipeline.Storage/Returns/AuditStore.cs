using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;
using TableClient = Azure.Data.Tables.TableClient;
using TableEntity = Azure.Data.Tables.TableEntity;

namespace DasvPipeline.Storage.Returns;

/// <summary>Reads the audit of all returns, releases, versions of the catalogue, memberships and contacts.</summary>
internal sealed class AuditStore(StorageClients clients) : IAuditStore
{
    /// <summary>The clock of the store and ours can differ by less.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditSource source, DateTimeOffset? since, CancellationToken ct)
    {
        // A row is never written before its event.
        var condition = since is { } from ? TableClient.CreateQueryFilter($"Timestamp ge {from - ClockDifference}") : null;
        return source switch
        {
            AuditSource.Acts => await clients.Audit.ReadAllAsync(condition, ct).Select(ReadAct).ToListAsync(ct),
            AuditSource.Results => await clients.Ledger.ReadRangeAsync(Keys.Ledger, Keys.AuditRange, condition, ct).Select(entity => Read(entity) with { Return = Keys.ParseReturnAudit(entity.RowKey) }).ToListAsync(ct),
            AuditSource.Access => await clients.Members.ReadRangeAsync(Keys.Members, Keys.AuditRange, condition, ct).Select(ReadAccess).ToListAsync(ct),
            AuditSource.Messages => await clients.Messages.ReadRangeAsync(Keys.Messages, Keys.AuditRange, condition, ct).Select(ReadMessages).ToListAsync(ct),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
        };
    }

    private static AuditRecord ReadAct(TableEntity entity)
    {
        var record = Read(entity);
        return entity.PartitionKey switch
        {
            Keys.Unrouted or Keys.Publication => record,
            Keys.Releases => record with { Release = entity.GetInt32("Number") },
            Keys.Catalogue => record with { CatalogueVersion = entity.GetInt32("Number") },
            var year when Period.TryParse(year, out var period) => record with { Year = period },
            var key => record with { Return = Keys.ParseReturn(key) },
        };
    }

    private static AuditRecord ReadAccess(TableEntity entity) => Read(entity, "access-" + entity.GetRequiredString("State").ToLower(CultureInfo.InvariantCulture), entity.GetRequiredString("Role")) with
    {
        Agency = new AgencyId(entity.GetRequiredString("Agency")),
        Account = new Person(entity.GetRequiredString("PersonId"), entity.GetRequiredString("Name")) { TenantId = entity.GetString("PersonTenant") },
    };

    private static AuditRecord ReadMessages(TableEntity entity) => Read(entity) with
    {
        Agency = new AgencyId(entity.GetRequiredString("Agency")),
        Account = new Person(entity.GetRequiredString("To"), entity.GetRequiredString("To")),
    };

    private static AuditRecord Read(TableEntity entity) => Read(entity, entity.GetRequiredString("Event"), entity.GetString("Text") ?? entity.GetString("Reason"));

    private static AuditRecord Read(TableEntity entity, string name, string? text) =>
        new(name, entity.GetDateTimeOffset("At") ?? entity.Timestamp!.Value, entity.GetInt32("Version") ?? 0, entity.GetString("By"), text)
        {
            Day = entity.GetString("Day"),
            Path = entity.GetString("Path"),
            Person = entity.GetPerson(),
        };
}
