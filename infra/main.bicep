metadata description = 'Everything that DasvPipeline needs: the function app, a private and a public storage account, upload events, sign-in, monitoring, alerts and a budget.'

targetScope = 'resourceGroup'

import { retention, roles } from 'types.bicep'

// ---- names and location

@description('Prefix of every name. Lower case, because storage accounts allow nothing else.')
@minLength(2)
@maxLength(8)
param workload string = 'dasv'

@description('The environment of this deployment.')
@allowed(['dev', 'test', 'prod'])
param environmentName string

@description('Azure region. It must offer Flex Consumption.')
param location string = resourceGroup().location

@description('Tags of every resource.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags = {}

// ---- size

@description('Memory of one instance, in MB. A 50,000-row return needs less than 200 MB, in addition to the Functions host.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Maximum number of instances. It limits cost and load; it is not a reservation.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances for uploads that are always ready, billed by the hour. Without one, the first event after an idle time can meet an app that has not started. Event Grid gives up such an event at once, and the next sweep finds the upload.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

// ---- address

@description('Address at which readers reach the app, such as https://figures.example.org. The links in the feed start with it. Empty for the app\'s own address.')
param publicAddress string = ''

// ---- schedules (NCRONTAB with seconds, UTC)

@description('Schedule for publishing. A run acts only if an approved release is due, and otherwise makes one storage call.')
param publishSchedule string = '0 */10 * * * *'

@description('Schedule for finding uploads without an event, and uploads whose ingest failed.')
param sweepSchedule string = '0 */5 * * * *'

@description('Schedule for finding due and overdue returns.')
param chaseSchedule string = '0 30 6 * * *'

@description('How messages to agencies are sent: by no e-mail (they are shown on a page), to a mail server, or with GOV.UK Notify.')
@allowed(['none', 'smtp', 'notify'])
param messageTransport string = 'none'

@description('The address of the pages, for links in messages. Empty: the address of the function app.')
param portalAddress string = ''

@description('The mail server, such as smtp.example.org:587. Only for smtp.')
param smtpServer string = ''

@description('How the connection to the mail server is protected.')
@allowed(['starttls', 'tls', 'none'])
param smtpSecurity string = 'starttls'

@description('The user of the mail server. Empty: no user.')
param smtpUser string = ''

@description('The address of the secret in Key Vault that has the password of the mail server. Empty: no user.')
param smtpCredentialUri string = ''

@description('The address from which messages are sent. Only for smtp.')
param messageFrom string = ''

@description('The address of the secret in Key Vault that has the API key of GOV.UK Notify. Only for notify.')
param notifyKeyUri string = ''

@description('The template of GOV.UK Notify, with the fields subject and body. Only for notify.')
param notifyTemplateId string = ''

@description('Schedule for copying the tables.')
param backupSchedule string = '0 45 2 * * *'

// ---- redundancy and retention

@description('Redundancy of uploads. Only an option with G survives the loss of a region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Redundancy of the feed, which can be recreated. Options with G are excluded, because an account with immutable versions cannot be failed over.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param publicStorageSku string = 'Standard_ZRS'

@description('Days in which a deleted or overwritten blob, or a deleted container, can be restored.')
@minValue(7)
@maxValue(365)
param softDeleteDays int = 30

@description('Retention of logs, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Maximum log data per day, in GB. Logging stops for the day above this volume.')
@minValue(1)
param logDailyQuotaGb int = 1

@description('Retention of uploads and their reports. The tables keep the figures.')
param retentions retention[] = [
  { container: 'returns', days: 0 }
  { container: 'reports', days: 0 }
  { container: 'dead-letter', days: 90 }
  { container: 'backups', days: 90 }
  { container: 'checked', days: 1 }
  { container: 'drafts', days: 90 }
]

@description('Days in which a version of a public file cannot be changed or deleted; 0 for none.')
@minValue(0)
@maxValue(146000)
param immutableDays int = 0

@description('Whether a lock prevents deleting a storage account. Setting it needs Owner or User Access Administrator.')
param lockAccounts bool = false

// ---- access

@description('Client id of the app registration for sign-in (signIn.sh creates it). Without it nobody can sign in, and the app serves only what is public.')
param signInClientId string = ''

@description('Id of the role for uploads and reports (fileRole.sh creates it). Without it, the app is Storage Blob Data Owner of their containers, which allows more than it needs.')
param fileRoleId string = ''

@description('Whether the private account is available only through private endpoints. They are billed by the hour.')
param privateEndpoints bool = false

@description('Address range of the network of the private endpoints: at least a /24 that does not overlap with your other networks.')
param networkPrefix string = '10.90.0.0/24'

@description('Public addresses that still have access to the private account, such as 203.0.113.7 or 203.0.113.0/24.')
param allowedIpRanges string[] = []

@description('Whether Microsoft Defender scans uploads for malware. It is billed for each GB. Defender creates an event topic of its own, so see docs/deploy.md first.')
param scansMalware bool = false

@description('Name of an existing event topic of the private account, such as one that Microsoft Defender created. An account has only one. Empty to create one.')
param existingTopicName string = ''

// ---- alerts and budget

@description('Email addresses for alerts and budget notifications.')
param contactEmails string[] = []

@description('Monthly budget, in the currency of the subscription; 0 for none.')
@minValue(0)
param monthlyBudget int = 0

@description('First month of the budget, such as 2026-12-01. Azure refuses to change it, so it is fixed when the budget is created. Empty for no budget.')
param budgetStart string = ''

// ---- the second step

@description('Whether to send upload events to the function app. This is possible only after its code is deployed, because the app must confirm the subscription with a key that the code creates.')
param subscribeToUploads bool = false

@description('Suffix for names that must be unique in Azure. It is the same at every deployment.')
var suffix = uniqueString(resourceGroup().id, workload, environmentName)

@description('The account for returns, reports and tables.')
var privateAccountName = '${workload}prv${suffix}'

@description('The account for the feed.')
var publicAccountName = '${workload}pub${suffix}'

@description('The function app.')
var functionAppName = 'func-${workload}-${environmentName}-${suffix}'

@description('The event topic of the private account.')
var uploadTopicName = empty(existingTopicName) ? 'evgt-${workload}-${environmentName}-uploads' : existingTopicName

@description('Container for uploads.')
var returnsContainer = 'returns'

@description('Container for reports and annotated copies.')
var reportsContainer = 'reports'

@description('Container for the keys that sign forms.')
var keysContainer = 'keys'

@description('Container for the daily copies of the tables.')
var backupsContainer = 'backups'

@description('Container for files that were checked and not sent. They are deleted after a day.')
var checkedContainer = 'checked'

@description('Container for figures that were entered on a page and not sent.')
var draftsContainer = 'drafts'

@description('Containers in which the Functions host keeps its locks and its keys.')
var hostContainers = ['azure-webjobs-hosts', 'azure-webjobs-secrets']

@description('Container for the published feed.')
var publicContainer = 'public'

@description('Container for the public page.')
var siteContainer = 'site'

@description('Container for the code of the function app.')
var deploymentsContainer = 'deployments'

@description('Container for events that could not be delivered.')
var deadLetterContainer = 'dead-letter'

@description('Queue for events of deleted uploads.')
var deletionQueue = 'deleted-uploads'

@description('Queue in which the blob trigger extension puts uploads whose ingest failed.')
var failureQueue = 'webjobs-blobtrigger-poison'

@description('Suffix of most names.')
var nameSuffix = '${workload}-${environmentName}'

@description('Services of the private account that the app calls.')
var storageServices = ['blob', 'queue', 'table']

@description('The setting that App Service Authentication uses instead of a secret.')
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
    queues: [deletionQueue, failureQueue]
    privateContainers: [returnsContainer, reportsContainer, checkedContainer, draftsContainer, keysContainer, backupsContainer, deploymentsContainer, deadLetterContainer, ...hostContainers]
    // Old versions of uploads are kept; those of the host's own files are deleted.
    forget: retentions
    isPrivate: privateEndpoints
    allowedIpRanges: allowedIpRanges
    isLocked: lockAccounts
    forgetOldVersionsUnder: [...map(hostContainers, name => '${name}/'), '${deploymentsContainer}/']
    workspaceId: monitoring.outputs.workspaceId
    logsReads: true
    scansMalware: scansMalware
    tables: ['Ledger', 'Observations', 'Explanations', 'Audit', 'Members', 'Messages']
    grants: [
      // Only to sign upload links, which give no more access than the app has.
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageBlobDelegator }
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageQueueDataContributor }
      { holder: identity.id, principalId: identity.properties.principalId, role: roles.storageTableDataContributor }
    ]
    // No role on the blobs of the whole account. Owner where the Functions host leases blobs, and, without a narrower role, where old
    // versions of a file with personal data must be deleted.
    containerGrants: [
      for item in [
        ...map(hostContainers, name => { container: name, role: roles.storageBlobDataOwner })
        { container: returnsContainer, role: empty(fileRoleId) ? roles.storageBlobDataOwner : fileRoleId }
        { container: reportsContainer, role: empty(fileRoleId) ? roles.storageBlobDataOwner : fileRoleId }
        { container: keysContainer, role: roles.storageBlobDataContributor }
        { container: checkedContainer, role: roles.storageBlobDataContributor }
        { container: draftsContainer, role: roles.storageBlobDataContributor }
        { container: backupsContainer, role: roles.storageBlobDataContributor }
        { container: deploymentsContainer, role: roles.storageBlobDataContributor }
      ]: { container: item.container, holder: identity.id, principalId: identity.properties.principalId, role: item.role }
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
    workspaceId: monitoring.outputs.workspaceId
    logsReads: false
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
  dependsOn: [endpoints] // the app needs its storage as soon as it starts
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
    alwaysReadyInstances: alwaysReadyInstances
    settings: {
      AzureWebJobsStorage__accountName: privateAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      Returns__blobServiceUri: privateStore.outputs.blobUri
      Returns__queueServiceUri: privateStore.outputs.queueUri
      Returns__tableServiceUri: privateStore.outputs.tableUri
      Returns__credential: 'managedidentity'
      Returns__clientId: identity.properties.clientId
      Returns__retentionDays: string(first(filter(retentions, item => item.container == returnsContainer)).?days ?? 0)
      Public__blobServiceUri: publicStore.outputs.blobUri
      Public__clientId: identity.properties.clientId
      PublishSchedule: length(split(publishSchedule, ' ')) == 6 ? publishSchedule : fail('publishSchedule needs six fields: second, minute, hour, day, month, day of the week')
      SweepSchedule: length(split(sweepSchedule, ' ')) == 6 ? sweepSchedule : fail('sweepSchedule needs six fields: second, minute, hour, day, month, day of the week')
      ChaseSchedule: length(split(chaseSchedule, ' ')) == 6 ? chaseSchedule : fail('chaseSchedule needs six fields: second, minute, hour, day, month, day of the week')
      BackupSchedule: length(split(backupSchedule, ' ')) == 6 ? backupSchedule : fail('backupSchedule needs six fields: second, minute, hour, day, month, day of the week')
      PublicAddress: empty(publicAddress) ? 'https://${functionAppName}.azurewebsites.net' : publicAddress // for the links in the feed
      MessageTransport: messageTransport
      PortalAddress: portalAddress
      SmtpServer: smtpServer
      SmtpSecurity: smtpSecurity
      SmtpUser: smtpUser
      SmtpPassword: empty(smtpCredentialUri) ? '' : '@Microsoft.KeyVault(SecretUri=${smtpCredentialUri})'
      MessageFrom: messageFrom
      NotifyApiKey: empty(notifyKeyUri) ? '' : '@Microsoft.KeyVault(SecretUri=${notifyKeyUri})'
      NotifyTemplateId: notifyTemplateId
      UploadsThroughApp: string(privateEndpoints) // an upload link to private storage would not reach an agency
      AzureWebJobsDisableHomepage: 'true' // the app has its own page
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
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    nameSuffix: nameSuffix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    topicId: uploadTopic.outputs.topicId
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

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && !empty(budgetStart)) {
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
    deletionQueue: deletionQueue
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
    deletionQueue: deletionQueue
  }
}

@description('Name of the function app, for deploying code.')
output functionAppName string = app.outputs.appName

@description('Address of the pages and the API.')
output portalUrl string = 'https://${app.outputs.hostName}'

@description('Principal of the app, which the sign-in trusts instead of a secret.')
output identityPrincipalId string = identity.properties.principalId

@description('Address of the latest headlines.')
output feedUrl string = '${publicStore.outputs.blobUri}${publicContainer}/headlines.json'

@description('The account for returns, reports and tables.')
output privateAccountName string = privateStore.outputs.accountName

@description('The account for the feed.')
output publicAccountName string = publicStore.outputs.accountName
