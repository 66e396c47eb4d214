#!/usr/bin/env bash
# Creates or updates the custom role with which the app handles uploads and reports, and prints its id. It allows what Storage Blob Data
# Owner allows and the app needs: to read, write and delete blobs and their versions. It does not allow owning blobs, changing who may
# read them, or removing immutability. Needs the Azure CLI, signed in as Owner of the resource group.
set -euo pipefail
group=${1:?usage: infra/fileRole.sh RESOURCE_GROUP}
scope=$(az group show --name "$group" --query id --output tsv)
name="DasvPipeline files $group"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

blobs=Microsoft.Storage/storageAccounts/blobServices/containers/blobs
cat >"$scratch/role.json" <<JSON
{
  "Name": "$name",
  "Description": "Reads, writes and deletes blobs and their versions.",
  "Actions": [],
  "DataActions": ["$blobs/read", "$blobs/write", "$blobs/add/action", "$blobs/delete", "$blobs/deleteBlobVersion/action"],
  "AssignableScopes": ["$scope"]
}
JSON
find_role() { az role definition list --name "$name" --scope "$scope" --query '[].name' --output tsv; }
if [[ -z $(find_role) ]]; then
  az role definition create --role-definition "@$scratch/role.json" --output none
else
  az role definition update --role-definition "@$scratch/role.json" --output none
fi
find_role
