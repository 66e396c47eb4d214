#!/usr/bin/env pwsh
# Does what subscribe.sh does, for `azd` on Windows: subscribes to upload events once, after `azd deploy`.
# It has not run on Windows or against Azure. Tests run it with a program in place of azd where PowerShell is installed.
$ErrorActionPreference = 'Stop'
if ((azd env get-value SUBSCRIBE_TO_UPLOADS 2>$null) -eq 'true') {
    exit 0
}

foreach ($pause in 60, 120, 240, 300) {
    Start-Sleep -Seconds $pause
    azd env set SUBSCRIBE_TO_UPLOADS true
    azd provision --no-prompt
    if ($LASTEXITCODE -eq 0) {
        exit 0
    }

    # Otherwise the next `azd up` would subscribe before the code is deployed.
    azd env set SUBSCRIBE_TO_UPLOADS false
}

[Console]::Error.WriteLine('The app does not respond yet. Run this again: pwsh infra/subscribe.ps1')
exit 1
