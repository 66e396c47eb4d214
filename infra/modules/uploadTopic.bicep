metadata description = 'The event topic of the private account, with an identity that may store undelivered events and events of deleted uploads there.'

import { roles } from '../types.bicep'

@description('Name of the system topic.')
param name string

@description('Azure region: that of the account.')
param location string

@description('Tags.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags

@description('The private account.')
param accountName string

@description('Container for events that could not be delivered.')
param deadLetterContainer string

@description('Queue for events of deleted uploads.')
param deletionQueue string

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: accountName
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' existing = {
  parent: account
  name: 'default'
}

resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' existing = {
  parent: blobs
  name: deadLetterContainer
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

// Access to one container and not to the account, which contains the returns. Created with the topic, so that it is effective before the second step.
resource deadLetterAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: deadLetters
  name: guid(deadLetters.id, topic.id, roles.storageBlobDataContributor)
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageBlobDataContributor
    )
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' existing = {
  parent: account
  name: 'default'
}

// The blob trigger ignores blobs that do not exist, so their events have a queue of their own.
resource deletions 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' existing = {
  parent: queueService
  name: deletionQueue
}

resource deletionAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: deletions
  name: guid(deletions.id, topic.id, roles.storageQueueDataMessageSender)
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.storageQueueDataMessageSender
    )
  }
}

@description('Name of the system topic.')
output topicName string = topic.name

@description('Resource id of the system topic.')
output topicId string = topic.id
