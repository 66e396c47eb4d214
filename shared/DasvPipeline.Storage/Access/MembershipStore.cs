using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Access;

/// <summary>Stores memberships and the audit of their changes in one partition, so that one transaction writes both.</summary>
internal sealed class MembershipStore(StorageClients clients) : IMembershipStore
{
    public async Task<IReadOnlyList<Membership>> ReadAllAsync(CancellationToken ct) =>
        await clients.Members.ReadRangeAsync(Keys.Members, Keys.MemberRange, condition: null, ct).Select(Read).ToListAsync(ct);

    public async Task<bool> TryWriteAsync(Membership membership, CancellationToken ct)
    {
        var row = Write(new TableEntity(Keys.Members, Keys.Member(membership.Agency, membership.Person.Id)), membership);
        var audit = Write(new TableEntity(Keys.Members, Keys.MemberAudit(membership.Agency, membership.Person.Id, membership.ChangedBy.Id, membership.ChangedAt)), membership);
        return await clients.Members.TrySubmitAsync(
            [
                membership.Token is { } token
                    ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(token))
                    : new TableTransactionAction(TableTransactionActionType.Add, row),
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, audit),
            ],
            ct) is not null;
    }

    private static TableEntity Write(TableEntity entity, Membership membership) => entity
        .SetValue("Agency", membership.Agency.Value)
        .SetValue("PersonId", membership.Person.Id)
        .SetValue("PersonTenant", membership.Person.TenantId)
        .SetValue("Name", membership.Person.Name)
        .SetValue("Email", membership.Email)
        .SetEnum("Role", membership.Role)
        .SetEnum("State", membership.State)
        .SetPerson(membership.ChangedBy)
        .SetValue("At", membership.ChangedAt);

    private static Membership Read(TableEntity entity) => new(
        new AgencyId(entity.GetRequiredString("Agency")),
        new Person(entity.GetRequiredString("PersonId"), entity.GetRequiredString("Name")) { TenantId = entity.GetString("PersonTenant") },
        entity.GetString("Email"),
        entity.GetEnum<MemberRole>("Role"),
        entity.GetEnum<MembershipState>("State"),
        entity.GetPerson()!,
        entity.GetRequiredTime("At"))
    {
        Token = entity.ETag.ToString(),
    };
}
