using 'main.bicep'

param environmentName = 'dev'
param storageSku = 'Standard_LRS'
param softDeleteDays = 7
param tags = {
  application: 'DasvPipeline'
  environment: 'dev'
}
