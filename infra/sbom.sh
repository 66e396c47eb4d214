#!/usr/bin/env bash
# Writes a software bill of materials (CycloneDX) for each of the deployed app, the laptop host and the pages.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mkdir -p "${1:?usage: infra/sbom.sh FOLDER}" && cd "$1" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet tool restore >/dev/null
bill() { # project
  dotnet tool run dotnet-CycloneDX "$1" --recursive --output "$out" --filename "$(basename "$1" .csproj).cdx.json" --output-format Json
}
bill functions/DasvPipeline.Functions.csproj
bill local/DasvPipeline.Local.csproj

# Reads package-lock.json, so nothing needs to be installed.
for folder in local/Azurite site tests/schema; do
  npm sbom --prefix "$folder" --package-lock-only --sbom-format cyclonedx >"$out/${folder//\//-}.cdx.json"
done
ls -l "$out"
