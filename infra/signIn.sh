#!/usr/bin/env bash
# Creates or updates the app registration for sign-in, and prints its client id. It has no secret, but trusts the identity of
# the function app. Needs the Azure CLI, signed in as a user who may register applications.
set -euo pipefail
cd "$(dirname "$0")"
group=${1:?usage: infra/signIn.sh RESOURCE_GROUP DEPLOYMENT}
deployment=${2:?usage: infra/signIn.sh RESOURCE_GROUP DEPLOYMENT}

output() { az deployment group show --resource-group "$group" --name "$deployment" --query "properties.outputs.$1.value" --output tsv; }
portal=$(output portalUrl)
principal=$(output identityPrincipalId)
name=DasvPipeline-$(output functionAppName)
tenant=$(az account show --query tenantId --output tsv)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
bash appRoles.sh >"$scratch/roles.json"
printf '{ "name": "function-app", "issuer": "https://login.microsoftonline.com/%s/v2.0", "subject": "%s", "audiences": ["api://AzureADTokenExchange"] }\n' \
  "$tenant" "$principal" >"$scratch/trust.json"

client=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv)
if [[ -z $client ]]; then
  client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
  az ad sp create --id "$client" --output none
fi
az ad app update --id "$client" --web-redirect-uris "$portal/.auth/login/aad/callback" \
  --enable-id-token-issuance true --app-roles "@$scratch/roles.json" \
  --identifier-uris "api://$client" --requested-access-token-version 2
# Programs get tokens of version 2, whose issuer is the one that the sign-in accepts. See: bash infra/token.sh CLIENT_ID
# Everyone in the tenant can sign in and ask for access. The manager decides who gets it.
az ad sp update --id "$client" --set appRoleAssignmentRequired=false
if [[ -z $(az ad app federated-credential list --id "$client" --query "[?subject=='$principal'].name" --output tsv) ]]; then
  az ad app federated-credential create --id "$client" --parameters "@$scratch/trust.json" --output none
fi
printf '%s\n' "$client"
