using System.Globalization;
using Azure.Data.Tables;
using CsvHelper;
using DasvPipeline.Core.Domain;
using ExcelDataReader;

namespace DasvPipeline.Bench;

/// <summary>Reads the same cells and writes the same entities with the libraries alone, without our code.</summary>
internal static class Baselines
{
    public const int StoredRows = 5_000;
    private const int TransactionSize = 100;

    public static int ReadXlsx(byte[] content)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(content));
        var cells = 0;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                cells += reader.GetValue(i) is null ? 0 : 1;
            }
        }

        return cells;
    }

    public static int ReadCsv(byte[] content)
    {
        using var reader = CsvReader.Create(content, new CsvReaderOptions { HasHeader = false });
        var cells = 0;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                cells += reader.GetString(i).Length > 0 ? 1 : 0;
            }
        }

        return cells;
    }

    public static async Task StoreAsync(TableClient table, ReturnKey key, int version, IReadOnlyList<Observation> observations, CancellationToken ct)
    {
        var partition = string.Create(CultureInfo.InvariantCulture, $"{key.Return.Agency}|{key.Return.Name}|{key.Period}|{version}");
        foreach (var chunk in observations.Chunk(TransactionSize))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(observation => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity(partition, observation.Key.ToString())
                    {
                        ["Period"] = observation.Period.ToString(),
                        ["Value"] = observation.Figure.Value?.ToString(CultureInfo.InvariantCulture),
                        ["Note"] = observation.Figure.Note,
                        ["Sheet"] = observation.Cell.Sheet,
                        ["Row"] = observation.Cell.Row,
                        ["Column"] = observation.Cell.Column,
                    })),
                ct);
        }
    }
}
