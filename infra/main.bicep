metadata description = 'Everything DasvPipeline runs on: the function app, a private and a public storage account, the event that an upload raises, signing in, monitoring, alerts and a budget.'

targetScope = 'resourceGroup'

import { retention, roles } from 'types.bicep'

// ---- what to call things, and where

@description('Start of every name. Lower case, because storage accounts allow nothing else.')
@minLength(2)
@maxLength(8)
param workload string = 'dasv'

@description('Which copy of the pipeline this is.')
@allowed(['dev', 'test', 'prod'])
param environmentName string

@description('Azure region. It must offer Flex Consumption.')
param location string = resourceGroup().location

@description('Tags put on every resource.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags = {}

// ---- how big

@description('Memory of one instance, in MB. A 50,000-row return needs under 200 MB, beside the Functions host.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances at once: a ceiling on cost and on load, not a reservation.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

// ---- when things happen (NCRONTAB with seconds, UTC)

@description('When the headlines are published.')
param publishSchedule string = '0 0 6 * * *'

@description('When uploads that raised no event are looked for.')
param sweepSchedule string = '0 15 * * * *'

@description('When due and overdue returns are looked for.')
param chaseSchedule string = '0 30 6 * * *'

// ---- how long things are kept

@description('Copies kept of what agencies sent. Only one with G in it survives the loss of a region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Copies kept of the feed, which can be made again. None with G: an account with immutable versions cannot be failed over.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param publicStorageSku string = 'Standard_ZRS'

@description('Days in which a deleted or overwritten blob, or a deleted container, can be brought back.')
@minValue(7)
@maxValue(365)
param softDeleteDays int = 30

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most log data taken in per day, in GB. Logging stops for the day beyond it.')
@minValue(1)
param logDailyQuotaGb int = 1

@description('Retention of what agencies sent and of what was found in it. The tables keep the figures themselves.')
param retentions retention[] = [
  { container: 'returns', days: 0 }
  { container: 'reports', days: 0 }
  { container: 'dead-letter', days: 90 }
]

@description('Days for which a version of a public file can be neither changed nor deleted; 0 for none.')
@minValue(0)
@maxValue(146000)
param immutableDays int = 0

@description('Whether a lock stands before deleting a storage account. To set it takes Owner or User Access Administrator.')
param lockAccounts bool = false

// ---- who gets in

@description('Client id of the app registration people sign in with (signIn.sh makes it). Until it is given nobody is signed in, and the app refuses everybody whatever is not public.')
param signInClientId string = ''

@description('Whether the private account is reached through private endpoints only. They are paid by the hour.')
param privateEndpoints bool = false

@description('Addresses of the network of the private endpoints: at least a /24 that meets no other network of yours.')
param networkPrefix string = '10.90.0.0/24'

@description('Public addresses that reach the private account even so, as 203.0.113.7 or 203.0.113.0/24.')
param allowedIpRanges string[] = []

// ---- who is told

@description('Who is told of alerts and of the budget, by e-mail.')
param contactEmails string[] = []

@description('Budget of a month, in the currency of the subscription; 0 for none.')
@minValue(0)
param monthlyBudget int = 0

@description('First month of the budget. Azure keeps that of a budget that exists.')
param budgetStart string = utcNow('yyyy-MM-01')

// ---- the second step

@description('Send uploads to the function app. Only possible once its code is deployed, because the subscription is accepted only when the app answers, and the key it answers to is made by the code.')
param subscribeToUploads bool = false

@description('Distinguishes names that must be unique in all of Azure; the same at every deployment.')
var suffix = uniqueString(resourceGroup().id, workload, environmentName)

@description('The account that holds returns, reports and tables.')
var privateAccountName = '${workload}prv${suffix}'

@description('The account that holds the feed.')
var publicAccountName = '${workload}pub${suffix}'

@description('The function app.')
var functionAppName = 'func-${workload}-${environmentName}-${suffix}'

@description('The events of the private account.')
var uploadTopicName = 'evgt-${workload}-${environmentName}-uploads'

@description('Where uploads land.')
var returnsContainer = 'returns'

@description('Where the feed is published.')
var publicContainer = 'public'

@description('Where the pages that show the feed are.')
var siteContainer = 'site'

@description('Where the code of the function app is kept.')
var deploymentsContainer = 'deployments'

@description('Where events end up that could not be delivered.')
var deadLetterContainer = 'dead-letter'

@description('End of most names.')
var nameSuffix = '${workload}-${environmentName}'

@description('Services of the private account that the app calls.')
var storageServices = ['blob', 'queue', 'table']

@description('The setting App Service Authentication reads instead of a secret.')
var assertionSetting = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${nameSuffix}'
  location: location
  tags: tags
}

module privateStore 'modules/storage.bicep' = {
  params: {
    name: privateAccountName
    location: location
    tags: tags
    sku: storageSku
    softDeleteDays: softDeleteDays
    privateContainers: [returnsContainer, 'reports', 'keys', deploymentsContainer, deadLetterContainer]
    // What an agency sent is kept even when it is overwritten; the host's bookkeeping is not.
    forget: retentions
    isPrivate: privateEndpoints
    allowedIpRanges: allowedIpRanges
    isLocked: lockAccounts
    forgetOldVersionsUnder: ['azure-webjobs-hosts/', 'azure-webjobs-secrets/', '${deploymentsContainer}/']
    tables: ['Ledger', 'Submissions', 'Observations', 'Explanations', 'Releases', 'Audit']
    grants: [
      // Owner and not Contributor: the Functions host needs it for the blobs it keeps for itself.
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageBlobDataOwner }
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageQueueDataContributor }
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageTableDataContributor }
    ]
  }
}

module publicStore 'modules/storage.bicep' = {
  params: {
    name: publicAccountName
    location: location
    tags: tags
    sku: publicStorageSku
    softDeleteDays: softDeleteDays
    publicContainers: [publicContainer, siteContainer]
    immutableContainers: immutableDays > 0 ? [publicContainer] : []
    immutableDays: immutableDays
    isLocked: lockAccounts
    forgetOldVersionsUnder: immutableDays > 0 ? ['${siteContainer}/'] : ['${siteContainer}/', '${publicContainer}/']
    grants: [
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageBlobDataContributor }
    ]
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    nameSuffix: nameSuffix
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
    grants: [
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.monitoringMetricsPublisher }
    ]
  }
}

module network 'modules/network.bicep' = if (privateEndpoints) {
  params: {
    nameSuffix: nameSuffix
    location: location
    tags: tags
    addressPrefix: networkPrefix
    services: storageServices
  }
}

module endpoints 'modules/privateEndpoints.bicep' = if (privateEndpoints) {
  params: {
    location: location
    tags: tags
    accountId: privateStore.outputs.accountId
    accountName: privateAccountName
    subnetId: network!.outputs.endpointSubnetId
    services: storageServices
    zoneIds: network!.outputs.zoneIds
  }
}

module app 'modules/functionApp.bicep' = {
  dependsOn: [endpoints] // it looks for its storage as soon as it starts
  params: {
    name: functionAppName
    planName: 'plan-${nameSuffix}'
    location: location
    tags: tags
    identityId: identity.id
    serviceName: 'functions'
    subnetId: privateEndpoints ? network!.outputs.appSubnetId : ''
    deploymentContainerUri: '${privateStore.outputs.blobUri}${deploymentsContainer}'
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    settings: {
      AzureWebJobsStorage__accountName: privateAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      Returns__blobServiceUri: privateStore.outputs.blobUri
      Returns__queueServiceUri: privateStore.outputs.queueUri
      Returns__tableServiceUri: privateStore.outputs.tableUri
      Returns__credential: 'managedidentity'
      Returns__clientId: identity.properties.clientId
      Public__blobServiceUri: publicStore.outputs.blobUri
      Public__clientId: identity.properties.clientId
      PublishSchedule: publishSchedule
      SweepSchedule: sweepSchedule
      ChaseSchedule: chaseSchedule
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.properties.clientId}'
      '${assertionSetting}': identity.properties.clientId
    }
  }
}

module signIn 'modules/signIn.bicep' = if (!empty(signInClientId)) {
  dependsOn: [app]
  params: {
    functionAppName: functionAppName
    clientId: signInClientId
    assertionSetting: assertionSetting
    // Event Grid brings a key of its own; the feed, and whether the app is well, are for anyone.
    openPaths: ['/runtime/webhooks/*', '/feed/*', '/api/health', '/assets/*', '/accessibility']
  }
}

module alerts 'modules/alerts.bicep' = {
  dependsOn: [privateStore]
  params: {
    nameSuffix: nameSuffix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    topicId: uploadTopic.outputs.topicId
    accountName: privateAccountName
    emails: contactEmails
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    tags: tags
    title: 'DasvPipeline ${environmentName}'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  params: {
    nameSuffix: nameSuffix
    amount: monthlyBudget
    start: budgetStart
    emails: contactEmails
  }
}

module uploadTopic 'modules/uploadTopic.bicep' = {
  dependsOn: [privateStore]
  params: {
    name: uploadTopicName
    location: location
    tags: tags
    accountName: privateAccountName
    deadLetterContainer: deadLetterContainer
  }
}

module uploadSubscription 'modules/uploadSubscription.bicep' = if (subscribeToUploads) {
  dependsOn: [uploadTopic, app]
  params: {
    topicName: uploadTopicName
    accountName: privateAccountName
    functionAppName: functionAppName
    functionName: 'IngestReturn'
    container: returnsContainer
    deadLetterContainer: deadLetterContainer
  }
}

@description('The function app, for deploying code to.')
output functionAppName string = app.outputs.appName

@description('Where the pages and the JSON are.')
output portalUrl string = 'https://${app.outputs.hostName}'

@description('Principal the app works as: the sign-in trusts it instead of a secret.')
output identityPrincipalId string = identity.properties.principalId

@description('Where the latest headlines are read.')
output feedUrl string = '${publicStore.outputs.blobUri}${publicContainer}/headlines.json'

@description('The account that holds returns, reports and tables.')
output privateAccountName string = privateStore.outputs.accountName

@description('The account that holds the feed.')
output publicAccountName string = publicStore.outputs.accountName
