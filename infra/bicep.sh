#!/usr/bin/env bash
# Runs the Bicep compiler, which is downloaded as a NuGet package on first use. Needs the .NET SDK on Linux x64, but not Azure.
set -euo pipefail
project=$(dirname "$0")/compiler/compiler.csproj
version=$(dotnet msbuild "$project" -getProperty:BicepVersion)
packages=${NUGET_PACKAGES:-$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//; s:/*$::')}
bicep=$packages/azure.bicep.commandline.linux-x64/$version/tools/bicep
[[ -x $bicep ]] || dotnet restore "$project" --nologo --verbosity quiet
if [[ ${1:-} == --path ]]; then
  printf '%s\n' "$bicep"
else
  exec "$bicep" "$@"
fi
