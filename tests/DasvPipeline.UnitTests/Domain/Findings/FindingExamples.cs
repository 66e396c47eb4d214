using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.UnitTests.Hostile;
using DasvPipeline.UnitTests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Domain.Findings;

/// <summary>Files that get each finding: the bad inputs of the promises, and some others.</summary>
internal static class FindingExamples
{
    private const string Sarc = "elms-sarc/referrals";
    private const string Mash = "adult-safeguarding-peterborough/mash";
    private const string Panel = "constabulary/perpetrator-panel";
    private const string Incidents = "constabulary/domestic-abuse";
    private const string Helpline = "rape-crisis/helpline";
    private const string Advisers = "idva-service/idva";

    private static readonly Lazy<Task<IReadOnlyList<ExaminationResult>>> Results = new(ExamineAsync);

    /// <summary>Returns the message of every finding that some file received, hostile files included.</summary>
    public static async Task<HashSet<(string Code, string Message)>> ReadMessagesAsync() =>
    [
        .. new AnswerFile("expected.csv").Read().SelectMany(file => file).Select(answer => (answer.Code, answer.Sentence)),
        .. (await Results.Value).SelectMany(result => result.Findings).Select(finding => (finding.Code, finding.Message)),
    ];

    /// <summary>
    /// Returns the example of a code from the guide, as a file received it. A finding that only a use case or a hostile file
    /// gives has no cell here.
    /// </summary>
    public static async Task<Finding> FindAsync(GuideEntry entry) =>
        (await Results.Value).SelectMany(result => result.Findings).FirstOrDefault(finding => finding.Code == entry.Code && finding.Message == entry.Example)
        ?? new Finding(entry.Code is Codes.AlreadyReceived or Codes.Corrected ? Severity.Note : Severity.Error, entry.Code, null, entry.Example);

    /// <summary>Examines all files once.</summary>
    private static async Task<IReadOnlyList<ExaminationResult>> ExamineAsync()
    {
        var results = new List<ExaminationResult>();
        await foreach (var (_, examined) in BadInputs.AllAsync())
        {
            results.Add(examined);
        }

        var place = UploadPath.Resolve(Examine.Catalogue, "constabulry/domestic-abuse/2019-20-Q1/a.csv", new DateOnly(2020, 6, 1)).Problem!;
        results.Add(new ExaminationResult([place], []));
        var header = $"<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>4</v></c></row></sheetData><headerFooter><oddHeader>Town Hall, CB2 1AB</oddHeader></headerFooter></worksheet>";
        results.Add(await Examine.FileAsync(Sarc, "2019-20-Q1", new XlsxBytes().SheetXml("Figures", header).ToArray(), "return.xlsx"));
        (string Id, string Text)[] files =
        [
            (Sarc, "Referrals to SARC over 18s,51\nReferrals to SARC under 18s,37 approx\n"),
            (Sarc, "\"Referrals to SARC over 18s,51\"\n\"Referrals to SARC under 18s,24\"\n"),
            (Sarc, "Referrals to SARC over 18s,-\nReferrals to SARC under 18s,24\n"),
            (Sarc, ",Q1 2019\nover 18s,51\nunder 18s,24\n"),
            (Sarc, ",April 2019\nover 18s,51\nunder 18s,24\n"),
            (Sarc, ",April 2019,May 2019,June 2019\nover 18s,51,40,30\nunder 18s,24,20,10\n"),
            (Sarc, "Referrals to SARC over 18s,lots\nReferrals to SARC under 18s,24\n"),
            (Sarc, "Referrals to SARC over 18s,51\nReferrals to SARC under 18s,24\n\nOther,7\n"),
            (Sarc, ",Referred,Seen\nover 18s,51,40\nunder 18s,24,20\n"),
            (Sarc, ",Cases closed\nover 18s,51\nunder 18s,24\n"),
            (Sarc, ",Referrals (000s)\nover 18s,51\nunder 18s,24\n"),
            (Sarc, ",Referrals,\nover 18s,51,*\nunder 18s,24,\n"),
            (Sarc, "Name,Age\nOne Person,31\nAnother Person,42\nA Third Person,27\n"),
            (Sarc, "Case,Age,Gender,Outcome\n1,31,F,Closed\n2,42,F,Open\n3,27,M,Open\n"),
            (Sarc, "Referrals to SARC over 18s,51\nReferrals to SARC under 18s,24\n\nNHS number,999 000 0018\n"),
            (Sarc, "Referrals to SARC over 18s,51\nReferrals to SARC under 18s,24\nJane Smith counted these\n"),
            (Incidents, "Police DA Incidents\nCambs,2091\nPboro,1366\n\nPolice DA Crime Rate\nCambs,71%\nPboro,63%\n"),
            (Incidents, "Police DA Incidents\nCambs,2091\nPboro,1366\n\nPolice DA Crime Rate\nCambs,7%\nPboro,63%\n"),
            (Incidents, "Police DA Incidents\nCambs,2091\n\nPolice DA Crime Rate\nCambs,71%\nPboro,63%\n"),
            (Advisers, "measure,area,value\nidva.referrals,fenland,60\nidva.engaged,,61\nidva.repeats,,21\n"),
            ("constabulary/sexual-offences", "Sexual Offence crimes\nCambs,347\nPboro,151\n\nSerious Sexual Offence crimes\nCambs,375\nPboro,126\n"),
            (Mash, "DA cases,40\nSV cases,11\n\nDA cases: Care Act criteria met\nYes,28\nNo,16\n\nSV cases: Care Act criteria met\nYes,8\nNo,3\n"),
            ("cambridge-womens-aid/services", "measure,value\ncwa.freedom-attendances,24\ncwa.freedom-women,24\n"),
            (Panel, ",Q1,Q2\nPanel referrals,95,90\nPanel repeat rate,74%,73%\n"),
        ];
        (string Period, FigureKey Key, decimal Value)[] accepted =
        [
            ("2018-19-Q4", Figure("sarc.referrals", "age=18-and-over"), 120),
            ("2018-19-Q1", Figure("sarc.referrals", "age=under-18"), 90),
            ("2019-20-Q2", Figure("police.panel-referrals", string.Empty), 96),
        ];
        foreach (var (id, text) in files)
        {
            results.Add(await Examine.FileAsync(id, "2019-20-Q1", System.Text.Encoding.UTF8.GetBytes(text), "return.csv", accepted: accepted));
        }

        var last = Examine.Form(Mash).Cells.Zip([40m, 11, 28, 12, 8, 3], (cell, value) => ("2018-19-Q4", cell.Key, value)).ToArray();
        results.Add(await Examine.FileAsync(
            Mash,
            "2019-20-Q1",
            "DA cases,40\nSV cases,11\n\nDA cases: Care Act criteria met\nYes,28\nNo,12\n\nSV cases: Care Act criteria met\nYes,8\nNo,3\n"u8.ToArray(),
            "return.csv",
            accepted: last));
        results.Add(await Examine.FileAsync(
            Helpline,
            "2019-20-Q2",
            System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Examine.Form(Helpline).Cells.Zip([280, 278, 41, 151, 67, 85], (cell, value) => $"{cell.Name},{value}"))),
            "return.csv",
            accepted: Examine.Form(Helpline).Cells.Zip([278m, 39, 152, 67, 85, 2046], (cell, value) => ("2019-20-Q1", cell.Key, value)).ToArray()));
        results.Add(await Examine.GridAsync(PublishedTables.Costs, "2019-20", "Net costs\nNorth|12\nEast|30", PublishedTables.Catalogue));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, "tests", "DasvPipeline.UnitTests", "Ingest", "Forms", "files"), "idva*.csv"))
        {
            results.Add(await Examine.FileAsync(Advisers, "2019-20-Q1", await File.ReadAllBytesAsync(file), "form.csv"));
        }

        return results;
    }

    private static FigureKey Figure(string measure, string breakdown) => new(new MeasureId(measure), AreaId.All, Breakdown.Parse(breakdown));
}
