#!/usr/bin/env bash
# Shows the claims of the access token that a program of an agency gets, without the token itself. `ver` must be 2.0, `aud` the
# client id, and `roles` must name the agency. Needs the Azure CLI, signed in as the program.
set -euo pipefail
client=${1:?usage: infra/token.sh CLIENT_ID}
token=$(az account get-access-token --scope "api://$client/.default" --query accessToken --output tsv)
# The middle part of the token is base64url without padding.
payload=$(cut -d. -f2 <<<"$token" | tr '_-' '/+')
while ((${#payload} % 4)); do payload+='='; done
base64 --decode <<<"$payload" | python3 -c 'import json, sys; claims = json.load(sys.stdin); print(json.dumps({k: claims.get(k) for k in ("ver", "iss", "aud", "oid", "tid", "appid", "azp", "roles")}, indent=2))'
