#!/usr/bin/env bash
# Prints the app roles of the portal as JSON: the manager, and one for each agency of the catalogue. A role's id is made of
# its value, so that whoever has it keeps it when this runs again.
set -euo pipefail
catalogue=$(dirname "$0")/../catalogue/agencies.yaml

role() { # value, name, what it lets one do
  local id
  # Of the form of a UUID of version 8, which is for ids made in a way of one's own.
  id=$(printf 'dasv-pipeline/app-roles/%s' "$1" | sha256sum | sed -E 's/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/\1-\2-8\3-8\4-\5/')
  printf '  { "id": "%s", "value": "%s", "displayName": "%s", "description": "%s", "isEnabled": true, "allowedMemberTypes": ["User", "Application"] }' \
    "$id" "$1" "$2" "$3"
}

printf '[\n'
role manager 'Manager' 'Sees every return, explains, signs off and publishes.'
while IFS='|' read -r id name; do
  printf ',\n'
  role "agency:$id" "$name" "Sends the returns of $name and sees what was found in them."
done < <(sed -nE 's/^ *- *\{ *id: *([a-z0-9.-]+), *name: *"?([^"}]*[^"} ])"? *\}.*/\1|\2/p' "$catalogue")
printf '\n]\n'
