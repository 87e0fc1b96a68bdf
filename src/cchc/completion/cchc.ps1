# cchc: completion for PowerShell. In $PROFILE: cchc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cchc -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object {
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { ":$($_.Value)" }
            else { ":$($_.Extent.Text)" }
        })
    $words += ":$wordToComplete"
    $program = $commandAst.GetCommandName()
    $before = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        & $program _complete powershell @words 2>$null |
            Where-Object { $_ -notlike ':*' } |
            ForEach-Object {
                $value, $meaning = $_ -split "`t", 2
                if (-not $meaning) { $meaning = $value }
                $kind = if ($value -like '-*') { 'ParameterName' } else { 'ParameterValue' }
                [System.Management.Automation.CompletionResult]::new($value, $value, $kind, $meaning)
            }
    }
    finally {
        [Console]::OutputEncoding = $before
    }
}
