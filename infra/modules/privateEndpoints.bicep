metadata description = 'Private endpoints of one storage account, one for each of its services.'

@description('Azure region.')
param location string

@description('Tags.')
param tags resourceInput<'Microsoft.Resources/tags@2025-04-01'>.properties.tags

@description('Resource id of the account.')
param accountId string

@description('Name of the account, which is part of the endpoints\' names.')
param accountName string

@description('Subnet of the endpoints.')
param subnetId string

@description('Services of the account, such as blob.')
param services string[]

@description('Private DNS zones, in the order of services.')
param zoneIds string[]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for service in services: {
    name: 'pep-${accountName}-${service}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: service
          properties: { privateLinkServiceId: accountId, groupIds: [service] }
        }
      ]
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (service, i) in services: {
    parent: endpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: service, properties: { privateDnsZoneId: zoneIds[i] } }]
    }
  }
]
