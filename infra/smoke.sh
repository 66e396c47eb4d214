#!/usr/bin/env bash
# Tests a deployment without signing in: public addresses respond, and all others refuse.
set -euo pipefail
portal=${1:?usage: infra/smoke.sh PORTAL_URL FEED_URL}
feed=${2:?usage: infra/smoke.sh PORTAL_URL FEED_URL}
failed=0

expect() { # name, expected status codes, curl's arguments
  local name=$1 expected=$2 actual
  shift 2
  # A cold start takes a while, so retry if the server fails.
  actual=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 --retry 5 --retry-connrefused --retry-delay 10 "$@" || true)
  if [[ " $expected " == *" $actual "* ]]; then
    echo "ok      $name: $actual"
  else
    echo "failed  $name: $actual, not one of: $expected"
    failed=1
  fi
}

expect 'the health check' '200' "$portal/api/health"
# 404 before the first release.
expect 'the feed in storage' '200 404' "$feed"
# 404 before infra/site.sh has run.
expect 'the public page in storage' '200 404' "${feed%/public/*}/site/index.html"
expect 'the feed of the app' '200 404' "$portal/feed/headlines.json"
expect 'the root address' '200' "$portal/"
expect 'an unknown address' '404' "$portal/nothing"
expect 'a wrong method' '405' --request PUT "$portal/status"
expect 'a page, without signing in' '302 303' "$portal/status"
expect 'the board, without signing in' '401' "$portal/api/status"
expect 'publishing, without signing in' '401' --request POST --header 'X-Requested-With: smoke' "$portal/api/publish"
expect 'the board, with a forged identity' '401' \
  --header "X-MS-CLIENT-PRINCIPAL: $(printf '{"role_typ":"roles","claims":[{"typ":"roles","val":"manager"}]}' | base64 | tr -d '\n')" "$portal/api/status"
expect 'an event without its key' '401 403' --request POST --header 'aeg-event-type: Notification' --data '[]' "$portal/runtime/webhooks/blobs?functionName=Host.Functions.IngestReturn"
expect 'the list of the feed' '401 403 404 409' "${feed%/*}?restype=container&comp=list"
exit "$failed"
