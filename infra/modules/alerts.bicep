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

@description('Email addresses for alerts. Without any, alerts are only shown in the Azure portal.')
param emails string[]

@description('The log alerts. Each has one condition: on the spans of a use case, or on the newest value of a gauge. The tests evaluate the same file.')
var rules = loadJsonContent('../alerts.json')

@description('The query of each alert. It returns a row if something is wrong.')
var queries = [
  for rule in rules: contains(rule, 'span')
    ? 'AppDependencies | where Name == "${rule.span}" and Success == ${rule.succeeded ? 'true' : 'false'} | summarize Rows = count() | where Rows ${contains(rule, 'fewerThan') ? '< ${rule.?fewerThan}' : '>= ${rule.?atLeast}'}'
    : 'AppMetrics | where Name == "${rule.gauge}" | summarize arg_max(TimeGenerated, Sum) | where Sum > ${rule.above}'
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
  for (rule, i) in rules: {
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
            query: queries[i]
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
