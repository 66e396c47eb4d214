using System.Security.Cryptography;
using Azure.Data.Tables;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// The id of this store, from which the tokens of processed blobs are made. Tables that were lost or copied get a new id, so that their
/// blobs are processed again. It never changes, so it is read once.
/// </summary>
internal sealed class StoreId(Table table)
{
    private string? _id;

    public async Task<string> GetAsync(CancellationToken ct)
    {
        while (_id is null)
        {
            if (await table.FindAsync(Keys.Ledger, Keys.Store, ct) is { } found)
            {
                _id = found.GetRequiredString("StoreId");
            }
            else
            {
                var created = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
                if (await table.TryAddAsync(new TableEntity(Keys.Ledger, Keys.Store).SetValue("StoreId", created), ct))
                {
                    _id = created;
                }
            }
        }

        return _id;
    }
}
