#!/usr/bin/env bash
# Copies the public page to the container `site` of the feed's account. Needs Storage Blob Data Contributor on that container.
# Blobs cannot have the other headers that site/README.md requires, so the pages contain the policy.
set -euo pipefail
account=${1:?usage: infra/site.sh PUBLIC_STORAGE_ACCOUNT}
cd "$(dirname "$0")/../site"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -- *.html *.js *.css icon.svg "$copy"
# The app serves the feed under feed/; in storage it is in the container public.
sed -i 's#\.\./feed/#../public/#g' "$copy"/*.html

for type in 'html=text/html; charset=utf-8' 'js=text/javascript; charset=utf-8' 'css=text/css; charset=utf-8' 'svg=image/svg+xml'; do
  az storage blob upload-batch --account-name "$account" --auth-mode login --destination site --source "$copy" --pattern "*.${type%%=*}" \
    --content-type "${type#*=}" --content-cache-control no-cache --overwrite --output none
done
