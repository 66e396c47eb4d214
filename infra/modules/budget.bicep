metadata description = 'A budget for the resource group. It sends notifications, but stops nothing.'

@description('Suffix of the name.')
param nameSuffix string

@description('Budget for a month, in the currency of the subscription.')
param amount int

@description('First month, such as 2026-01-01.')
param start string

@description('Email addresses for notifications.')
param emails string[]

@description('Without email addresses, the owners of the resource group are notified.')
var roles = empty(emails) ? ['Owner'] : []

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'budget-${nameSuffix}'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      Spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
        contactRoles: roles
      }
      Foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
        contactRoles: roles
      }
    }
  }
}
