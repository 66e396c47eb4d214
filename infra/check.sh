#!/usr/bin/env bash
# Builds and lints the template with the Bicep compiler. Any warning or error fails the check.
set -euo pipefail
cd "$(dirname "$0")"
bicep=$(bash bicep.sh --path)

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0

# The compiler's exit code is 0 for warnings, so any output counts as a failure.
check() {
  local status=0
  "$bicep" "$@" >"$out/messages" 2>&1 || status=$?
  if ((status != 0)) || [[ -s $out/messages ]]; then
    cat "$out/messages" >&2
    echo "failed: bicep $1 $2" >&2
    failed=1
  fi
}

check build main.bicep --outfile "$out/main.json"
check lint main.bicep
for parameters in *.bicepparam; do
  check build-params "$parameters" --outfile "$out/parameters.json"
  check lint "$parameters"
done

((failed == 0)) && echo "infra: clean ($("$bicep" --version))"
exit "$failed"
