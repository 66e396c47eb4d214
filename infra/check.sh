#!/usr/bin/env bash
# Builds and lints the template with the real compiler. Any warning or error fails it.
set -euo pipefail
cd "$(dirname "$0")"
bicep=$(bash bicep.sh --path)

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0

# A warning leaves the compiler's exit code at 0, so anything it says counts.
check() {
  local status=0
  "$bicep" "$@" >"$out/said" 2>&1 || status=$?
  if ((status != 0)) || [[ -s $out/said ]]; then
    cat "$out/said" >&2
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
