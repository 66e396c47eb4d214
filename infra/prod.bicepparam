using 'main.bicep'

param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param softDeleteDays = 30
param logRetentionDays = 90
param tags = {
  application: 'DasvPipeline'
  environment: 'prod'
}
