@export()
@description('A role assignment of one identity on one resource.')
type grant = {
  @description('Resource id of the resource with the identity. It is known before deployment, so it is used in the name of the assignment.')
  holder: string

  @description('Object id of the identity in Microsoft Entra ID.')
  principalId: string

  @description('Built-in role: a GUID from roles.')
  role: string
}

@export()
@description('A role assignment of one identity on one container.')
type containerGrant = {
  @description('Name of the container.')
  container: string

  @description('Resource id of the resource with the identity.')
  holder: string

  @description('Object id of the identity in Microsoft Entra ID.')
  principalId: string

  @description('Role: a GUID from roles, or that of a custom role.')
  role: string
}

@export()
@description('Retention of the blobs of a container.')
type retention = {
  @description('Name of the container.')
  container: string

  @description('Days after the last write when a blob is deleted; 0 keeps it indefinitely.')
  @minValue(0)
  days: int
}

@export()
@description('Built-in roles. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles')
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  storageBlobDelegator: 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageQueueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
}
