metadata description = 'A storage account without shared keys, its containers and tables, and who may use it.'

import { grant } from '../types.bicep'

@description('Name of the account, unique in all of Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags

@description('Copies kept of the data.')
param sku string

@description('Days in which a deleted or overwritten blob, or a deleted container, can be brought back.')
param softDeleteDays int

@description('Containers that only the identities in grants can read.')
param privateContainers string[] = []

@description('Containers whose blobs anyone can read, from any web page. Their listing stays private. Anonymous reading is switched on for the account only if there is one.')
param publicContainers string[] = []

@description('Tables.')
param tables string[] = []

@description('Paths, each beginning with a container, where an overwritten version is forgotten after softDeleteDays. Everywhere else it is kept for good.')
@minLength(1)
param forgetOldVersionsUnder string[]

@description('Who may use the account, and how.')
param grants grant[]

@description('Whether anyone may read anything here without signing in.')
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
    publicNetworkAccess: 'Enabled'
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
    properties: { publicAccess: 'Blob' }
  }
]

resource oldVersions 'Microsoft.Storage/storageAccounts/managementPolicies@2025-08-01' = {
  parent: account
  name: 'default'
  dependsOn: [blobs]
  properties: {
    policy: {
      rules: [
        {
          name: 'forget-overwritten-versions'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: forgetOldVersionsUnder }
            actions: { version: { delete: { daysAfterCreationGreaterThan: softDeleteDays } } }
          }
        }
      ]
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

@description('Name of the account.')
output accountName string = account.name

@description('Address of its blobs, ending in a slash.')
output blobUri string = account.properties.primaryEndpoints.blob

@description('Address of its queues, ending in a slash.')
output queueUri string = account.properties.primaryEndpoints.queue

@description('Address of its tables, ending in a slash.')
output tableUri string = account.properties.primaryEndpoints.table
