using 'main.bicep'

param environmentName = 'dev'
param storageSku = 'Standard_LRS'
param publicStorageSku = 'Standard_LRS'
param softDeleteDays = 7
param retentions = [
  { container: 'returns', days: 90 }
  { container: 'reports', days: 90 }
  { container: 'dead-letter', days: 30 }
  { container: 'backups', days: 30 }
  { container: 'checked', days: 1 }
  { container: 'drafts', days: 90 }
]
param monthlyBudget = 10
param tags = {
  application: 'DasvPipeline'
  environment: 'dev'
}

// Values of your own deployment, which are not in the repository.
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '')
param budgetStart = readEnvironmentVariable('BUDGET_START', '')
param contactEmails = filter(split(readEnvironmentVariable('CONTACT_EMAILS', ''), ','), email => !empty(email))
param subscribeToUploads = bool(readEnvironmentVariable('SUBSCRIBE_TO_UPLOADS', 'false'))
