#!/usr/bin/env bash
# Prints the app roles of the portal as JSON: the manager, and one for each agency of the catalogue. A role's id is a hash of
# its value, so that role assignments stay valid when this runs again.
set -euo pipefail
catalogue=$(dirname "$0")/../catalogue/agencies.yaml

role() { # value, name, description
  local id
  # A version 8 UUID, which is for custom ids.
  id=$(printf 'dasv-pipeline/app-roles/%s' "$1" | sha256sum | sed -E 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-8\3-8\4-\5/')
  printf '  { "id": "%s", "value": "%s", "displayName": "%s", "description": "%s", "isEnabled": true, "allowedMemberTypes": ["User", "Application"] }' \
    "$id" "$1" "$2" "$3"
}

printf '[\n'
role manager 'Manager' 'Sees every return, explains queries, signs off and publishes.'
while IFS='|' read -r id name; do
  printf ',\n'
  role "agency:$id" "$name" "Sends the returns of $name and sees their findings."
done < <(sed -nE 's/^ *- *\{ *id: *([a-z0-9.-]+), *name: *"?([^"}]*[^"} ])"? *\}.*/\1|\2/p' "$catalogue")
printf '\n]\n'
