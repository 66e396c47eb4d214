using System.Globalization;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>Stores the figures: a partition for each version of a return, and a row for each figure.</summary>
internal sealed class ObservationTable(Table table)
{
    private const int TransactionsInFlight = 4;

    /// <summary>
    /// Replaces the content of the partition. A crashed run may have left figures that the current catalogue no longer reads.
    /// </summary>
    /// <param name="isNew">True if no run has written to the partition before.</param>
    public async Task WriteAsync(ReturnKey key, int version, IReadOnlyList<Observation> observations, bool isNew, CancellationToken ct)
    {
        var partition = Keys.ReturnVersion(key, version);
        var rows = new HashSet<string>(observations.Count, StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            if (!rows.Add(Keys.Figure(observation.Key)))
            {
                throw new ArgumentException($"The figure {observation.Key} appears twice.", nameof(observations));
            }
        }

        isNew = isNew || await table.IsEmptyAsync(partition, ct);
        var entities = observations.Select(observation => Entity(partition, observation));
        await SubmitAsync(Transactions.Split(entities, TableTransactionActionType.UpsertReplace), ct);
        if (!isNew)
        {
            await DeleteOthersAsync(partition, rows, ct);
        }
    }

    /// <summary>Reads the figures of a version, sorted by measure, area and breakdown.</summary>
    public async Task<IReadOnlyList<Observation>> ReadAsync(ReturnKey key, int version, CancellationToken ct)
    {
        var observations = new List<Observation>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.ReturnVersion(key, version), null, ct))
        {
            observations.Add(Observation(entity));
        }

        return observations;
    }

    /// <summary>Removes the notes on the figures of a version, which are texts of its file.</summary>
    public async Task RemoveNotesAsync(ReturnKey key, int version, CancellationToken ct)
    {
        var changed = new List<TableEntity>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.ReturnVersion(key, version), null, ct))
        {
            // The name of a sheet is a text of the file too.
            if (entity.Remove("Note") | entity.Remove("Sheet"))
            {
                changed.Add(entity);
            }
        }

        await SubmitAsync(Transactions.Split(changed, TableTransactionActionType.UpsertReplace), ct);
    }

    private async Task DeleteOthersAsync(string partition, HashSet<string> rows, CancellationToken ct)
    {
        var others = new List<TableEntity>();
        await foreach (var entity in table.ReadPartitionAsync(partition, ["PartitionKey", "RowKey"], ct))
        {
            if (!rows.Contains(entity.RowKey))
            {
                others.Add(entity);
            }
        }

        await SubmitAsync(Transactions.Split(others, TableTransactionActionType.Delete), ct);
    }

    private Task SubmitAsync(IEnumerable<IReadOnlyList<TableTransactionAction>> transactions, CancellationToken ct) => Parallel.ForEachAsync(
        transactions,
        new ParallelOptions { MaxDegreeOfParallelism = TransactionsInFlight, CancellationToken = ct },
        async (transaction, token) => await table.SubmitAsync(transaction, token));

    private static TableEntity Entity(string partition, Observation observation)
    {
        var (key, period, figure, cell) = observation;
        return new TableEntity(partition, Keys.Figure(key))
            .SetValue("Period", period.ToString())
            .SetValue("Value", figure.Value?.ToString(CultureInfo.InvariantCulture))
            .SetValue("Markers", figure.Markers == Markers.None ? null : string.Concat(figure.Markers.ToLetters()))
            .SetValue("Note", figure.Note)
            .SetValue("Sheet", cell.Sheet)
            .SetValue("Row", cell.Row)
            .SetValue("Column", cell.Column);
    }

    private static Observation Observation(TableEntity entity)
    {
        decimal? value = entity.GetString("Value") is { } text
            ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : null;
        return new Observation(
            FigureKey.Parse(entity.RowKey),
            Period.Parse(entity.GetRequiredString("Period")),
            new Figure(value, MarkersExtensions.FromLetters(entity.GetString("Markers")), entity.GetString("Note")),
            new CellRef(entity.GetString("Sheet"), entity.GetRequiredInt32("Row"), entity.GetRequiredInt32("Column")));
    }
}
