metadata description = 'Sign-in with Microsoft Entra ID in front of the portal. signIn.sh creates the app registration.'

@description('The function app.')
param functionAppName string

@description('Application (client) id of the app registration.')
param clientId string

@description('Tenant whose users may sign in.')
param tenantId string = tenant().tenantId

@description('Setting with the identity of the app. It replaces the name of a secret.')
param assertionSetting string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      // The app decides for each address: pages redirect to the sign-in, and programs get 401 (ADR 28).
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          clientSecretSettingName: assertionSetting
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: ['api://${clientId}', clientId]
        }
      }
    }
    login: {
      // The app makes no calls on behalf of users, so their tokens are not stored.
      tokenStore: { enabled: false }
      cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
    }
  }
}
