using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Normalise;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Validate;
using DasvPipeline.Core.Validate.People;

namespace DasvPipeline.Core;

public sealed partial class IngestReturn
{
    /// <summary>Reads, validates and normalises a file. Does not need a store.</summary>
    /// <param name="accepted">Returns the accepted figures of another period of the return, or null. Called for the periods in the file, and for the earlier periods that the checks compare with.</param>
    public static async Task<Examined> ExamineAsync(
        PartnershipCatalogue catalogue,
        Form form,
        Period period,
        ReadOnlyMemory<byte> content,
        string fileName,
        Func<Period, Task<IReadOnlyDictionary<FigureKey, Figure>?>> accepted)
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

        var reading = FindTables(catalogue, form, period, workbook);
        var acceptedByPeriod = new Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>>();
        foreach (var other in reading.OtherPeriods.Where(other => !other.Cell.IsBlank).Select(other => other.Period)
            .Concat(EarlierThan(catalogue.ChecksOf(form), period)).Distinct())
        {
            if (form.IsOwedFor(other) && await accepted(other) is { } figures)
            {
                acceptedByPeriod.Add(other, figures);
            }
        }

        var validated = Validate(catalogue, form, period, reading, acceptedByPeriod);
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

    private static Reading FindTables(PartnershipCatalogue catalogue, Form form, Period period, Workbook workbook)
    {
        using var span = Telemetry.Start(Telemetry.Spans.FindTables);
        return FormReading.Read(form, period, catalogue.Dimensions, workbook);
    }

    private static Validated Validate(
        PartnershipCatalogue catalogue, Form form, Period period, Reading reading, Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> acceptedByPeriod)
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
