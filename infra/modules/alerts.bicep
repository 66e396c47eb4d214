metadata description = 'Alerts for problems that need a person.'

@description('Suffix of every name.')
param nameSuffix string

@description('Azure region.')
param location string

@description('Tags.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('The system topic of uploads.')
param topicId string

@description('The private account, whose poison queue contains failed uploads.')
param accountName string

@description('Email addresses for alerts. Without any, alerts are only shown in the Azure portal.')
param emails string[]

@description('The log alerts. Each query returns a row if something is wrong.')
var rules = [
  {
    name: 'return-stuck'
    says: 'A return may have waited for more than an hour'
    because: 'No sweep has succeeded for 75 minutes. A successful sweep processes all waiting uploads.'
    severity: 1
    every: 'PT15M'
    window: 'PT2H'
    query: 'AppRequests | where Name has "SweepReturns" | summarize Succeeded = countif(Success == true and TimeGenerated > ago(75m)) | where Succeeded == 0'
  }
  {
    name: 'publish-failed'
    says: 'Publishing failed'
    because: 'The last good feed stays available. The next run tries again.'
    severity: 1
    every: 'PT15M'
    window: 'PT15M'
    query: 'AppRequests | where Name has_any ("PublishHeadlines", "PublishNow") and Success == false'
  }
  {
    name: 'release-overdue'
    says: 'A release is overdue'
    because: 'The release date in index.json has passed, and nothing was published.'
    severity: 2
    every: 'PT1H'
    window: 'P1D'
    query: 'AppMetrics | where Name == "dasv.release.days_overdue" | summarize arg_max(TimeGenerated, Sum) | where Sum > 0'
  }
  {
    name: 'personal-data-kept'
    says: 'A file with personal data is stored'
    because: 'It was rejected, and nobody has deleted it. The board says which file, and deletes it.'
    severity: 2
    every: 'PT1H'
    window: 'P1D'
    query: 'AppMetrics | where Name == "dasv.files.with_people" | summarize arg_max(TimeGenerated, Sum) | where Sum > 0'
  }
  {
    name: 'upload-given-up'
    says: 'An upload failed repeatedly'
    because: 'IngestReturn or RemoveReturn failed 5 times, and the upload went to the poison queue. The sweep keeps trying.'
    severity: 1
    every: 'PT15M'
    window: 'PT30M'
    query: 'StorageQueueLogs | where OperationName == "PutMessage" and (Uri has "webjobs-blobtrigger-poison" or Uri has "deleted-uploads-poison")'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: 'ag-${nameSuffix}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'dasv'
    emailReceivers: [for (email, i) in emails: { name: 'person-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${nameSuffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.says
      description: rule.because
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      // The workspace does not know a table without rows, and the deployment must not fail because of it.
      skipQueryValidation: true
      actions: { actionGroups: empty(emails) ? [] : [people.id] }
    }
  }
]

resource undelivered 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for metric in ['DeadLetteredCount', 'DroppedEventCount']: {
    name: 'alert-${metric}-${nameSuffix}'
    location: 'global'
    tags: tags
    properties: {
      description: 'The event of an upload was not delivered for a day. The sweep has already found the upload. Check why the app did not respond.'
      severity: 2
      enabled: true
      scopes: [topicId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: metric
            metricName: metric
            metricNamespace: 'Microsoft.EventGrid/systemTopics'
            operator: 'GreaterThan'
            threshold: 0
            timeAggregation: 'Total'
          }
        ]
      }
      autoMitigate: true
      actions: empty(emails) ? [] : [{ actionGroupId: people.id }]
    }
  }
]

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: accountName
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' existing = {
  parent: account
  name: 'default'
}

// Logs of queues and not of blobs, because the address of a blob contains a file name that somebody typed.
#disable-next-line use-recent-api-versions // the only version that sends logs to resource-specific tables
resource queueLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queues
  name: 'poison'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageWrite', enabled: true }]
  }
}
