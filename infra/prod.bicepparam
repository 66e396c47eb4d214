using 'main.bicep'

param environmentName = 'prod'
param storageSku = 'Standard_GZRS'
param softDeleteDays = 30
param logRetentionDays = 90
param retentions = [
  { container: 'returns', days: 2557 } // seven years
  { container: 'reports', days: 2557 }
  { container: 'dead-letter', days: 90 }
  { container: 'backups', days: 365 }
  { container: 'checked', days: 1 }
  { container: 'drafts', days: 90 }
]
param immutableDays = 3650
param lockAccounts = true
param monthlyBudget = 50
param privateEndpoints = bool(readEnvironmentVariable('PRIVATE_ENDPOINTS', 'false'))
param scansMalware = bool(readEnvironmentVariable('SCANS_MALWARE', 'false'))
param tags = {
  application: 'DasvPipeline'
  environment: 'prod'
}

// Values of your own deployment, which are not in the repository.
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '')
param fileRoleId = readEnvironmentVariable('FILE_ROLE_ID', '')
param budgetStart = readEnvironmentVariable('BUDGET_START', '')
param contactEmails = filter(split(readEnvironmentVariable('CONTACT_EMAILS', ''), ','), email => !empty(email))
param subscribeToUploads = bool(readEnvironmentVariable('SUBSCRIBE_TO_UPLOADS', 'false'))
