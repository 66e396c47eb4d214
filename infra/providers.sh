#!/usr/bin/env bash
# Checks before a deployment that the subscription knows every kind of resource of the template, and registers what is missing. A new
# subscription does not. Registering needs Contributor on the subscription, and takes some minutes.
set -euo pipefail
providers='Microsoft.App Microsoft.Authorization Microsoft.Consumption Microsoft.EventGrid Microsoft.Insights Microsoft.ManagedIdentity Microsoft.Network Microsoft.OperationalInsights Microsoft.Security Microsoft.Storage Microsoft.Web'
failed=0
for provider in $providers; do
  state=$(az provider show --namespace "$provider" --query registrationState --output tsv)
  if [[ $state == Registered ]]; then
    echo "ok       $provider"
  elif [[ ${1:-} == --register ]]; then
    az provider register --namespace "$provider" --wait --output none
    echo "added    $provider"
  else
    echo "missing  $provider: $state. Run: bash infra/providers.sh --register"
    failed=1
  fi
done
exit "$failed"
