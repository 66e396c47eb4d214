#!/usr/bin/env bash
# Creates the two identities with which GitHub deploys to a resource group. One deploys, and only after an approval. The other shows
# what would change, and can only read. Needs the Azure CLI, signed in as Owner of the resource group and of the subscription's roles.
set -euo pipefail
group=${1:?usage: infra/deployers.sh RESOURCE_GROUP ENVIRONMENT OWNER/REPOSITORY IDENTITY_GROUP [FILE_ROLE_ID]}
environment=${2:?the GitHub environment, such as prod}
repository=${3:?the repository, such as owner/repository}
identities=${4:?the resource group of the identities, which nobody deploys to}
fileRole=${5:-}
cd "$(dirname "$0")"

scope=$(az group show --name "$group" --query id --output tsv)
subscription=$(az account show --query id --output tsv)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Prints the id of the principal of a new or existing identity that trusts one GitHub environment and nothing else.
identity() { # name, GitHub environment
  az identity create --resource-group "$identities" --name "$1" --output none
  az identity federated-credential create --resource-group "$identities" --identity-name "$1" --name github \
    --issuer https://token.actions.githubusercontent.com --audiences api://AzureADTokenExchange \
    --subject "repo:$repository:environment:$2" --output none
  az identity show --resource-group "$identities" --name "$1" --query principalId --output tsv
}

# Creates or updates a custom role that can be assigned in this resource group.
role() { # name, description, actions as JSON
  printf '{ "Name": "%s", "Description": "%s", "Actions": %s, "AssignableScopes": ["%s"] }\n' "$1" "$2" "$3" "$scope" >"$scratch/role.json"
  if [[ -z $(az role definition list --name "$1" --scope "$scope" --query '[].name' --output tsv) ]]; then
    az role definition create --role-definition "@$scratch/role.json" --output none
  else
    az role definition update --role-definition "@$scratch/role.json" --output none
  fi
}

assign() { # principal, role, further arguments
  local principal=$1 name=$2
  shift 2
  az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role "$name" --scope "$scope" --output none "$@"
}

reader=$(identity "id-dasv-$environment-what-if" "$environment-what-if")
role "DasvPipeline what-if $group" 'Shows what a deployment would change, and changes nothing.' \
  '["*/read", "Microsoft.Resources/deployments/whatIf/action", "Microsoft.Resources/deployments/validate/action"]'
assign "$reader" "DasvPipeline what-if $group"

deployer=$(identity "id-dasv-$environment" "$environment")
assign "$deployer" Contributor
role "DasvPipeline locks $group" 'Locks accounts against deletion, and removes no lock.' '["Microsoft.Authorization/locks/read", "Microsoft.Authorization/locks/write"]'
assign "$deployer" "DasvPipeline locks $group"

# It may assign only the roles of the template, and only to identities. It cannot change what a role allows, as User Access
# Administrator could.
roles=$(sed -nE "s/^  [a-zA-Z]+: '([0-9a-f-]{36})'$/\1/p" types.bicep | paste -sd , | sed 's/,/, /g')${fileRole:+, $fileRole}
kinds="{'ServicePrincipal'}"
condition="((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {$roles} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase $kinds)) AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {$roles} AND @Resource[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase $kinds))"
assign "$deployer" 'Role Based Access Control Administrator' --condition-version 2.0 --condition "$condition"

# The variables of the two GitHub environments.
for name in "id-dasv-$environment" "id-dasv-$environment-what-if"; do
  printf '%s: AZURE_CLIENT_ID=%s AZURE_SUBSCRIPTION_ID=%s AZURE_RESOURCE_GROUP=%s\n' "$name" \
    "$(az identity show --resource-group "$identities" --name "$name" --query clientId --output tsv)" "$subscription" "$group"
done
