#!/usr/bin/env bash
# Copies the public page to the container `site` of the feed's account. Needs Storage Blob Data Contributor on that container.
# With the address of the app, the pages have their figures in them, and each year has a page of its own, for browsers without script.
# Blobs cannot have the other headers that site/README.md requires, so the pages contain the policy.
set -euo pipefail
account=${1:?usage: infra/site.sh PUBLIC_STORAGE_ACCOUNT [ADDRESS_OF_THE_APP]}
app=${2:-}
cd "$(dirname "$0")/../site"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -- *.html *.js *.css *.svg *.png *.ico "$copy"
if [[ -n $app ]]; then
  curl --fail --silent --show-error "$app/site/" --output "$copy/index.html"
  for year in $(curl --fail --silent --show-error "$app/feed/index.json" | grep -oE '"id": "[0-9]{4}-[0-9]{2}"' | grep -oE '[0-9]{4}-[0-9]{2}'); do
    curl --fail --silent --show-error "$app/site/$year.html" --output "$copy/$year.html"
  done
fi

# The app serves the feed under feed/; in storage it is in the container public.
sed -i 's#\.\./feed/#../public/#g' "$copy"/*.html "$copy/dasv.v1.js" "$copy/headlineElement.js"

for type in 'html=text/html; charset=utf-8' 'js=text/javascript; charset=utf-8' 'css=text/css; charset=utf-8' 'svg=image/svg+xml' 'png=image/png' 'ico=image/x-icon'; do
  az storage blob upload-batch --account-name "$account" --auth-mode login --destination site --source "$copy" --pattern "*.${type%%=*}" \
    --content-type "${type#*=}" --content-cache-control no-cache --overwrite --output none
done
