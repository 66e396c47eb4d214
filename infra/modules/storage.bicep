metadata description = 'A storage account without shared keys, with its containers, tables and role assignments.'

import { containerGrant, grant, retention } from '../types.bicep'

@description('Name of the account, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags

@description('Redundancy of the data.')
param sku string

@description('Days in which a deleted or overwritten blob, or a deleted container, can be restored.')
param softDeleteDays int

@description('Containers that only the identities in grants can read.')
param privateContainers string[] = []

@description('Containers whose blobs anyone can read, from any web page. Listing them stays private. The account allows anonymous access only if there is such a container.')
param publicContainers string[] = []

@description('Tables.')
param tables string[] = []

@description('Queues.')
param queues string[] = []

@description('Public containers in which no version of a blob can be changed or deleted. An existing container needs a migration first.')
param immutableContainers string[] = []

@description('Days in which versions in immutableContainers cannot be changed or deleted.')
param immutableDays int = 0

@description('Paths, each starting with a container, where old versions are deleted after softDeleteDays. Elsewhere they are kept indefinitely.')
@minLength(1)
param forgetOldVersionsUnder string[]

@description('Containers whose blobs are deleted some days after the last write.')
param forget retention[] = []

@description('Whether only private endpoints, allowedIpRanges and trusted Azure services have access.')
param isPrivate bool = false

@description('Public addresses that have access even if isPrivate is set, such as 203.0.113.7 or 203.0.113.0/24.')
param allowedIpRanges string[] = []

@description('Whether a lock prevents deleting the account.')
param isLocked bool = false

@description('Role assignments on the account.')
param grants grant[] = []

@description('Role assignments on single containers.')
param containerGrants containerGrant[] = []

@description('Workspace for the log of writes and deletions, and of reads if logsReads is set.')
param workspaceId string

@description('Whether reads are logged too. Not for public blobs, which anyone reads.')
param logsReads bool

@description('Whether Microsoft Defender scans new blobs for malware.')
param scansMalware bool = false

@description('The kinds of calls that are logged.')
var accessLogs = [
  for category in [...(logsReads ? ['StorageRead'] : []), 'StorageWrite', 'StorageDelete']: { category: category, enabled: true }
]

@description('Whether the account has containers for anonymous access.')
var hasPublicContainers = !empty(publicContainers)

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: hasPublicContainers
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Upload links are signed by the app's identity for 15 minutes. Azure refuses any signature that is valid for longer than this.
    sasPolicy: { sasExpirationPeriod: '00.01:00:00', expirationAction: 'Block' }
    publicNetworkAccess: isPrivate && empty(allowedIpRanges) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices' // Event Grid, for events that could not be delivered
      ipRules: [for range in allowedIpRanges: { action: 'Allow', value: range }]
      virtualNetworkRules: []
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    cors: {
      corsRules: hasPublicContainers
        ? [
            {
              allowedOrigins: ['*']
              allowedMethods: ['GET', 'HEAD']
              allowedHeaders: ['*'] // If-None-Match among them
              exposedHeaders: ['ETag', 'Last-Modified', 'Cache-Control', 'Content-Length']
              maxAgeInSeconds: 3600
            }
          ]
        : []
    }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = [
  for container in privateContainers: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource openContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = [
  for container in publicContainers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'Blob'
      ...(contains(immutableContainers, container) ? { immutableStorageWithVersioning: { enabled: true } } : {})
    }
  }
]

// A default for versions, not a policy on the container: a pointer can still be overwritten, and its older version is kept.
// It is not locked, so that a release in which somebody could be recognised can be taken down.
resource immutability 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-08-01' = [
  for (container, i) in publicContainers: if (contains(immutableContainers, container)) {
    parent: openContainers[i]
    name: 'default'
    properties: { immutabilityPeriodSinceCreationInDays: immutableDays }
  }
]

resource oldVersions 'Microsoft.Storage/storageAccounts/managementPolicies@2025-08-01' = {
  parent: account
  name: 'default'
  dependsOn: [blobs]
  properties: {
    policy: {
      rules: concat(
        [
          {
            name: 'forget-overwritten-versions'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: forgetOldVersionsUnder }
              actions: { version: { delete: { daysAfterCreationGreaterThan: softDeleteDays } } }
            }
          }
        ],
        map(filter(forget, rule => rule.days > 0), rule => {
          name: 'forget-${rule.container}'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${rule.container}/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: rule.days } }
              version: { delete: { daysAfterCreationGreaterThan: rule.days } }
            }
          }
        })
      )
    }
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' = if (!empty(tables)) {
  parent: account
  name: 'default'
}

resource tableList 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01' = [
  for table in tables: {
    parent: tableService
    name: table
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' = if (!empty(queues)) {
  parent: account
  name: 'default'
}

resource queueList 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = [
  for queue in queues: {
    parent: queueService
    name: queue
  }
]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for item in grants: {
    scope: account
    name: guid(account.id, item.holder, item.role)
    properties: {
      principalId: item.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', item.role)
    }
  }
]

resource containerAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for item in containerGrants: {
    scope: containers[indexOf(privateContainers, item.container)]
    name: guid(account.id, item.container, item.holder, item.role)
    properties: {
      principalId: item.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', item.role)
    }
  }
]

// Who read, wrote or deleted what. The address of a blob contains the name of a file that somebody typed, so only people who look
// after security may read this log.
#disable-next-line use-recent-api-versions // the only version that sends logs to resource-specific tables
resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'access-${name}'
  properties: { workspaceId: workspaceId, logs: accessLogs }
}

#disable-next-line use-recent-api-versions // the only version that sends logs to resource-specific tables
resource tableLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(tables)) {
  scope: tableService
  name: 'access-${name}'
  properties: { workspaceId: workspaceId, logs: accessLogs }
}

// Overrides the settings of the subscription, so that the scan applies to this account only.
resource defender 'Microsoft.Security/defenderForStorageSettings@2025-09-01-preview' = if (scansMalware) {
  scope: account
  name: 'current'
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: { onUpload: { isEnabled: true, capGBPerMonth: 10 } }
    sensitiveDataDiscovery: { isEnabled: false }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  scope: account
  name: 'keep'
  properties: { level: 'CanNotDelete', notes: 'Contains uploads or published files. See docs/deploy.md.' }
}

@description('Resource id of the account.')
output accountId string = account.id

@description('Name of the account.')
output accountName string = account.name

@description('Address of its blobs, ending in a slash.')
output blobUri string = account.properties.primaryEndpoints.blob

@description('Address of its queues, ending in a slash.')
output queueUri string = account.properties.primaryEndpoints.queue

@description('Address of its tables, ending in a slash.')
output tableUri string = account.properties.primaryEndpoints.table
