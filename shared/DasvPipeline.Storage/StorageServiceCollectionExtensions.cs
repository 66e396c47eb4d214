using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Access;
using DasvPipeline.Storage.Backups;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Feed;
using DasvPipeline.Storage.Messages;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Uploads;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DasvPipeline.Storage;

public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Registers the stores for the accounts in the sections <c>Returns</c> (private) and <c>Public</c>. Each section is a
    /// connection string, or has <c>blobServiceUri</c>, <c>tableServiceUri</c> (Returns only) and <c>clientId</c>.
    /// </summary>
    /// <remarks>Nothing is called before a store is used. A missing or invalid setting is found by <see cref="ISettingCheck"/>.</remarks>
    public static IServiceCollection AddDasvStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddOptions<StorageOptions>().Configure(options => options.Read(configuration)).Services
        .AddSingleton<ISettingCheck, StorageSettingCheck>()
        .AddSingleton<IStorageFaults, StorageFaults>()
        .AddSingleton(provider => StorageClients.Connect(provider.GetRequiredService<IOptions<StorageOptions>>().Value))
        .AddSingleton<IUploadStore, BlobUploadStore>()
        .AddSingleton<IReturnStore, ReturnStore>()
        .AddSingleton<IBlobCopies, BlobCopies>()
        .AddSingleton<IDeletionRecords, DeletionRecords>()
        .AddSingleton<IFeedStore, FeedStore>()
        .AddSingleton<ICatalogueStore, CatalogueStore>()
        .AddSingleton<IMembershipStore, MembershipStore>()
        .AddSingleton<IMessageStore, MessageStore>()
        .AddSingleton<IAuditStore, AuditStore>()
        .AddSingleton<ICheckedFileStore, CheckedFileStore>()
        .AddSingleton<IEntryDraftStore, EntryDraftStore>()
        .AddSingleton<IKeyStore, BlobKeyStore>()
        .AddSingleton<ITableBackup, TableBackup>();
}
