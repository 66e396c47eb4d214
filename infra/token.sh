#!/usr/bin/env bash
# Shows the claims of the access token that a program of an agency gets, without the token itself. `ver` must be 2.0, `aud` the
# client id, and `roles` must name the agency. Needs Node.js, and the Azure CLI signed in as the program.
set -euo pipefail
client=${1:?usage: infra/token.sh CLIENT_ID}
token=$(az account get-access-token --scope "api://$client/.default" --query accessToken --output tsv)
# The middle part of the token is base64url without padding.
node -e '
  const claims = JSON.parse(Buffer.from(require("fs").readFileSync(0, "utf8").split(".")[1], "base64url"));
  console.log(JSON.stringify(Object.fromEntries(["ver", "iss", "aud", "oid", "tid", "appid", "azp", "roles"].map((key) => [key, claims[key] ?? null])), null, 2));
' <<<"$token"
