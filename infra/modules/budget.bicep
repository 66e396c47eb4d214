metadata description = 'A budget of the resource group. It tells; it stops nothing.'

@description('End of the name.')
param nameSuffix string

@description('Most to be spent in a month, in the currency of the subscription.')
param amount int

@description('First month, as 2026-01-01.')
param start string

@description('Who is told, by e-mail.')
param emails string[]

@description('The owners of the resource group are told where nobody else is.')
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
