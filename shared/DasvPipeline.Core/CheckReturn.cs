using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Normalise;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Store;
using DasvPipeline.Core.Validate;
using DasvPipeline.Core.Validate.People;

namespace DasvPipeline.Core;

/// <summary>Reads and checks a file. Does not need a store, and stores nothing.</summary>
public sealed class CheckReturn(PartnershipCatalogue catalogue)
{
    /// <summary>For a check without a store: no other period has accepted figures.</summary>
    public static readonly AcceptedFigures NothingAccepted = (_, _) => Task.FromResult<IReadOnlyDictionary<FigureKey, Figure>?>(null);

    /// <summary>Reads, checks and normalises a file.</summary>
    /// <param name="accepted">Called for the other periods in the file, and for the earlier periods that the checks compare with.</param>
    public async Task<Examined> RunAsync(
        Form form, Period period, ReadOnlyMemory<byte> content, string fileName, AcceptedFigures accepted, CancellationToken ct)
    {
        var workbook = ReadCells(content, fileName);
        if (workbook.Findings.Any(finding => finding.Severity == Severity.Error))
        {
            return new Examined(workbook.Findings, []) { Workbook = workbook };
        }

        // No other findings are reported, because they quote cells.
        if (FindPeople(workbook, form) is { Count: > 0 } people)
        {
            return new Examined(people, []) { Workbook = workbook };
        }

        var reading = FindTables(form, period, workbook);
        var acceptedByPeriod = new Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>>();
        foreach (var other in reading.OtherPeriods.Where(other => !other.Cell.IsBlank).Select(other => other.Period)
            .Concat(EarlierThan(catalogue.ChecksOf(form), period)).Distinct())
        {
            if (form.IsOwedFor(other) && await accepted(other, ct) is { } figures)
            {
                acceptedByPeriod.Add(other, figures);
            }
        }

        var validated = Validate(form, period, reading, acceptedByPeriod);
        return new Examined([.. workbook.Findings, .. validated.Findings], Normalise(validated, period)) { Workbook = workbook };
    }

    private static Workbook ReadCells(ReadOnlyMemory<byte> content, string fileName)
    {
        using var span = Telemetry.Start(Telemetry.Spans.Read);
        var workbook = WorkbookReader.Read(content, fileName, ReadLimits.Default);
        span?.SetTag(Telemetry.Tags.Count, workbook.Sheets.Count);
        return workbook;
    }

    private static IReadOnlyList<Finding> FindPeople(Workbook workbook, Form form)
    {
        using var span = Telemetry.Start(Telemetry.Spans.FindPeople);
        return PeopleCheck.Find(workbook, form);
    }

    private Reading FindTables(Form form, Period period, Workbook workbook)
    {
        using var span = Telemetry.Start(Telemetry.Spans.FindTables);
        return FormReading.Read(form, period, catalogue.Dimensions, workbook);
    }

    private Validated Validate(
        Form form, Period period, Reading reading, Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> acceptedByPeriod)
    {
        using var span = Telemetry.Start(Telemetry.Spans.Validate);
        return Validation.Check(catalogue, form, period, reading, acceptedByPeriod);
    }

    private static IReadOnlyList<Observation> Normalise(Validated validated, Period period)
    {
        using var span = Telemetry.Start(Telemetry.Spans.Normalise);
        return Normalisation.ToObservations(validated.Figures, period);
    }

    /// <summary>Returns the earlier periods with which the checks compare this one.</summary>
    private static IEnumerable<Period> EarlierThan(FormChecks checks, Period period)
    {
        if (checks.LooksAt(Earlier.LastPeriod))
        {
            yield return period.Previous;
        }

        if (checks.LooksAt(Earlier.LastYear))
        {
            yield return period.PreviousYear;
        }
    }
}
