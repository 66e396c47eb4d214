metadata description = 'The events of the private account, with an identity that may keep the undelivered ones there.'

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

// The one container and not the account, which holds the returns. Made with the topic and not with the subscription, so that it has taken effect by the second step.
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

@description('Name of the system topic.')
output topicName string = topic.name

@description('Resource id of the system topic.')
output topicId string = topic.id
