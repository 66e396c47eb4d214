using System.Globalization;
using DasvPipeline.Core.Ports;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Host;
using DasvPipeline.Storage;

namespace DasvPipeline.Local.Commands;

/// <summary>
/// Restores the tables from the copy of a day. Uses the accounts that environment variables name (<c>Returns__blobServiceUri</c> and
/// <c>Returns__tableServiceUri</c>, signed in with the Azure CLI), or else the store in a folder.
/// </summary>
/// <param name="day">The day of the copy, such as 2026-12-01.</param>
/// <param name="data">The folder of the store; null for the default folder.</param>
internal sealed class RestoreCommand(string day, string? data, TimeProvider clock)
{
    public async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            await errors.WriteLineAsync("Write the day like 2026-12-01.");
            return ExitCode.BadUsage;
        }

        var rows = await RestoreAsync(date, ct) ?? throw new UserException(FormattableString.Invariant($"There is no complete copy of {date:yyyy-MM-dd}. Look for the file {date:yyyy-MM-dd}/complete in the container backups."));
        await output.WriteLineAsync(FormattableString.Invariant($"{rows} rows of the copy of {date:yyyy-MM-dd} were written. Run the sweep next: it compares the tables with the files."));
        return 0;
    }

    private async Task<int?> RestoreAsync(DateOnly date, CancellationToken ct)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (settings["Returns:tableServiceUri"] is not null)
        {
            await using var services = new ServiceCollection().AddDasvStorage(settings).BuildServiceProvider();
            return await services.GetRequiredService<ITableBackup>().RestoreAsync(date, ct);
        }

        var folder = Path.GetFullPath(data ?? LocalFolders.Data);
        if (!AzuriteProcess.ContainsData(folder))
        {
            throw new UserException($"{folder} contains no store. Use --data, or set Returns__blobServiceUri and Returns__tableServiceUri.");
        }

        await using var laptop = await LaptopHost.StartAsync(folder, port: null, clock, ct);
        return await laptop.Services.GetRequiredService<ITableBackup>().RestoreAsync(date, ct);
    }
}
