#!/usr/bin/env bash
# Subscribes to upload events once, after `azd deploy`. Azure creates the subscription only when the app responds with a key
# that its code creates, which takes some minutes after the first deployment.
set -euo pipefail
if [[ $(azd env get-value SUBSCRIBE_TO_UPLOADS 2>/dev/null || true) == true ]]; then
  exit 0
fi

for pause in 60 120 240 300; do
  sleep "$pause"
  azd env set SUBSCRIBE_TO_UPLOADS true
  if azd provision --no-prompt; then
    exit 0
  fi
  # Otherwise the next `azd up` would subscribe before the code is deployed.
  azd env set SUBSCRIBE_TO_UPLOADS false
done
echo 'The app does not respond yet. Run this again: bash infra/subscribe.sh' >&2
exit 1
