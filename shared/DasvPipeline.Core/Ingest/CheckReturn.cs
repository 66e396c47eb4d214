using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking;
using DasvPipeline.Core.Ingest.Checking.People;
using DasvPipeline.Core.Ingest.Checking.Rules;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;

namespace DasvPipeline.Core.Ingest;

/// <summary>Reads and checks a file. Does not need a store, and stores nothing.</summary>
public sealed class CheckReturn(PartnershipCatalogue catalogue)
{
    /// <summary>For a check without a store: no other period has accepted figures.</summary>
    public static readonly AcceptedFigures NothingAccepted = (_, _) => Task.FromResult<IReadOnlyDictionary<FigureKey, Figure>?>(null);

    /// <inheritdoc cref="RunAsync(Form, Period, ReadOnlyMemory{byte}, string, AcceptedFigures, Period?, CancellationToken)" />
    public Task<ExaminationResult> RunAsync(
        Form form, Period period, ReadOnlyMemory<byte> content, string fileName, AcceptedFigures accepted, CancellationToken ct) =>
        RunAsync(form, period, content, fileName, accepted, identicalPeriod: null, ct);

    /// <summary>Reads, checks and normalises a file.</summary>
    /// <param name="accepted">Called for the other periods in the file, and for the earlier periods that the checks compare with.</param>
    /// <param name="identicalPeriod">The other period for which the same bytes were accepted; null if they were not accepted for another.</param>
    public async Task<ExaminationResult> RunAsync(
        Form form, Period period, ReadOnlyMemory<byte> content, string fileName, AcceptedFigures accepted, Period? identicalPeriod, CancellationToken ct)
    {
        var workbook = ReadCells(content, fileName);
        if (workbook.Findings.Any(finding => finding.Severity == Severity.Error))
        {
            return new ExaminationResult(workbook.Findings, []) { Workbook = workbook };
        }

        // No other findings are reported, because they quote cells.
        var people = FindPeople(workbook, form, fileName);
        if (people.Any(finding => finding.Severity == Severity.Error))
        {
            return new ExaminationResult(people, []) { Workbook = workbook };
        }

        var suspected = new SuspectedTexts(workbook, people);
        var reading = ExplainOtherReturns(form, period, workbook, FindTables(form, period, workbook));
        var acceptedByPeriod = new Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>>();
        foreach (var other in reading.OtherPeriods.Where(other => !other.Cell.IsBlank).Select(other => other.Period)
            .Concat(GetEarlierPeriods(form, period)).Distinct())
        {
            if (catalogue.FindForm(new ReturnKey(form.Return, other)) is not null && await accepted(other, ct) is { } figures)
            {
                acceptedByPeriod.Add(other, figures);
            }
        }

        var validated = CheckFigures(form, period, reading, acceptedByPeriod, identicalPeriod);
        var findings = workbook.Findings.Concat(people).Concat(suspected.Hide(validated.Findings))
            .Select(finding => finding.Code == Codes.WrongForm ? WrongFormDescription.WithNames(catalogue, finding, new ReturnKey(form.Return, period)) : finding);
        var ordered = FindingLimit.Apply(FindingOrder.Sort(findings, [.. workbook.Sheets.Select(sheet => sheet.Name)]));
        return new ExaminationResult(ordered, suspected.Hide(CreateObservations(validated, period))) { Workbook = workbook };
    }

    private static Workbook ReadCells(ReadOnlyMemory<byte> content, string fileName)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Read);
        var workbook = WorkbookReader.Read(content, fileName, ReadLimits.Default);
        span?.SetTag(PipelineTelemetry.Tags.Count, workbook.Sheets.Count);
        return workbook;
    }

    private IReadOnlyList<Finding> FindPeople(Workbook workbook, Form form, string fileName)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.FindPeople);
        var found = PersonalDataCheck.Find(workbook, form, catalogue.GetContacts(form.Return.Agency));
        return PersonalDataCheck.CheckFileName(fileName) is { } name ? [name, .. found] : found;
    }

    private FormContents FindTables(Form form, Period period, Workbook workbook)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.FindTables);
        return FigureFinder.FindFigures(form, period, catalogue.Dimensions, workbook);
    }

    /// <summary>A sheet with the figures of another return of the agency is named in a note. The person does not need to do anything about it here.</summary>
    private FormContents ExplainOtherReturns(Form form, Period period, Workbook workbook, FormContents reading)
    {
        if (workbook.Sheets.Count < 2 || !reading.Findings.Any(IsUnused))
        {
            return reading;
        }

        var own = reading.Figures.Select(figure => figure.Address.Sheet).ToHashSet(StringComparer.Ordinal);
        return reading with
        {
            Findings =
            [
                .. reading.Findings.Select(finding => IsUnused(finding) && finding.Cell!.Value.Sheet is { } sheet && !own.Contains(sheet) && SheetReturns.FindOther(catalogue, form, period, workbook, sheet) is { } other
                    ? Finding.Note(Codes.FigureNotRead, finding.Cell.Value, $"We did not use the figures on the sheet \"{sheet}\" for this return. They are those of the return \"{other.Title}\". Send the file as that return too.")
                    : finding),
            ],
        };

        static bool IsUnused(Finding finding) => finding is { Code: Codes.FigureNotRead, Severity: Severity.Query, Cell: not null };
    }

    private ValidationResult CheckFigures(
        Form form, Period period, FormContents reading, Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> acceptedByPeriod, Period? identicalPeriod)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Validate);
        return FigureChecker.Check(catalogue, form, period, reading, acceptedByPeriod, identicalPeriod);
    }

    private static IReadOnlyList<Observation> CreateObservations(ValidationResult validated, Period period)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Normalise);
        return ObservationBuilder.Create(validated.Figures, period);
    }

    /// <summary>Returns the earlier periods with which the checks compare this one.</summary>
    private IEnumerable<Period> GetEarlierPeriods(Form form, Period period)
    {
        var checks = catalogue.GetChecks(form, period);
        if (checks.ComparesWith(ComparisonBase.LastPeriod) || RepeatedFigures.IsComparable(form))
        {
            yield return period.Previous;
        }

        if (checks.ComparesWith(ComparisonBase.LastYear))
        {
            yield return period.PreviousYear;
        }
    }
}
