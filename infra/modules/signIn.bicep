metadata description = 'Signing in with Microsoft Entra ID before anything of the portal is reached. The app registration itself is made by signIn.sh.'

@description('The function app.')
param functionAppName string

@description('Application (client) id of the app registration.')
param clientId string

@description('Tenant whose people may sign in.')
param tenantId string = tenant().tenantId

@description('Setting that names the identity which vouches for the app. It stands where the name of a secret would, and there is no secret.')
param assertionSetting string

@description('Paths that answer without signing in.')
param openPaths string[]

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: openPaths
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
      // Nothing calls on in the name of a person, so their tokens are not kept.
      tokenStore: { enabled: false }
      cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
    }
  }
}
