#!/usr/bin/env bash
# Asks a deployment what anyone may ask: what is public answers, and nothing else does.
set -euo pipefail
portal=${1:?usage: infra/smoke.sh PORTAL_URL FEED_URL}
feed=${2:?usage: infra/smoke.sh PORTAL_URL FEED_URL}
failed=0

expect() { # what, the answers that are right, curl's arguments
  local what=$1 right=$2 got
  shift 2
  # A cold start takes a while; a server that fails is asked again.
  got=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 --retry 5 --retry-connrefused --retry-delay 10 "$@" || true)
  if [[ " $right " == *" $got "* ]]; then
    echo "ok      $what: $got"
  else
    echo "failed  $what: $got, not one of: $right"
    failed=1
  fi
}

expect 'whether the app is well' '200' "$portal/api/health"
# 404 until something has been published.
expect 'the feed in storage' '200 404' "$feed"
# 404 until infra/site.sh has put it there.
expect 'the public page in storage' '200 404' "${feed%/public/*}/site/index.html"
expect 'the feed of the app' '200 404' "$portal/feed/headlines.json"
expect 'the board, to nobody' '302 401 403' "$portal/api/status"
expect 'publishing, by nobody' '302 401 403' --request POST --header 'X-Requested-With: smoke' "$portal/api/publish"
expect 'the board, to somebody who says so' '302 401 403' \
  --header "X-MS-CLIENT-PRINCIPAL: $(printf '{"role_typ":"roles","claims":[{"typ":"roles","val":"manager"}]}' | base64 | tr -d '\n')" "$portal/api/status"
expect 'an event without its key' '401 403' --request POST --header 'aeg-event-type: Notification' --data '[]' "$portal/runtime/webhooks/blobs?functionName=Host.Functions.IngestReturn"
expect 'the list of the feed' '401 403 404 409' "${feed%/*}?restype=container&comp=list"
exit "$failed"
