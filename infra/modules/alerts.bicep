metadata description = 'Tells somebody when the pipeline needs them.'

@description('End of every name.')
param nameSuffix string

@description('Azure region.')
param location string

@description('Tags.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags

@description('Where the logs are.')
param workspaceId string

@description('The system topic of uploads.')
param topicId string

@description('The private account, whose queues hold uploads that were given up.')
param accountName string

@description('Who is told, by e-mail. With nobody the alerts are still to be seen in the portal of Azure.')
param emails string[]

@description('What is looked for in the logs: each finds a row when something is wrong.')
var rules = [
  {
    name: 'return-stuck'
    says: 'A return may have waited for more than an hour'
    because: 'Every sweep ends all uploads there are, or fails. None has succeeded for 75 minutes.'
    severity: 1
    every: 'PT15M'
    window: 'PT2H'
    query: 'AppRequests | where Name has "SweepReturns" | summarize Succeeded = countif(Success == true and TimeGenerated > ago(75m)) | where Succeeded == 0'
  }
  {
    name: 'publish-failed'
    says: 'Publishing failed'
    because: 'The last good feed stays. The next run tries again.'
    severity: 1
    every: 'PT15M'
    window: 'PT15M'
    query: 'AppRequests | where Name has_any ("PublishHeadlines", "PublishNow") and Success == false'
  }
  {
    name: 'release-overdue'
    says: 'There is no release after its date'
    because: 'The date that index.json announces has passed, and nothing new was published.'
    severity: 2
    every: 'PT1H'
    window: 'P1D'
    query: 'AppMetrics | where Name == "dasv.release.days_overdue" | summarize arg_max(TimeGenerated, Sum) | where Sum > 0'
  }
  {
    name: 'upload-given-up'
    says: 'An upload was given up'
    because: 'IngestReturn failed for it five times and it went to the poison queue. The sweep goes on trying.'
    severity: 1
    every: 'PT15M'
    window: 'PT30M'
    query: 'StorageQueueLogs | where OperationName == "PutMessage" and Uri has "webjobs-blobtrigger-poison"'
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
      // A table that has no row yet is not known to the workspace, and the deployment must not fail on it.
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
      description: 'An upload was not announced for a day. The sweep has long found it; see why the app did not answer.'
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

// Queues and not blobs: the address of a blob ends in a file name as somebody typed it.
#disable-next-line use-recent-api-versions // the only version in which logs go to a workspace in tables of their own
resource queueLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queues
  name: 'poison'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageWrite', enabled: true }]
  }
}
