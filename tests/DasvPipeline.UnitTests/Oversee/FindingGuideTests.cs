using System.Reflection;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.UnitTests.Oversee;

/// <summary>The page that explains the codes is generated from the code, and its examples are real messages.</summary>
public sealed class FindingGuideTests
{
    private const string Sarc = "elms-sarc/referrals";
    private const string Mash = "adult-safeguarding-peterborough/mash";
    private const string Panel = "constabulary/perpetrator-panel";
    private const string Incidents = "constabulary/domestic-abuse";
    private const string Advisers = "idva-service/idva";

    private static readonly Lazy<Task<HashSet<(string Code, string Message)>>> Messages = new(ReadMessagesAsync);

    private static string Page => Path.Combine(LocalFolders.Repository, "docs", "findings.md");

    /// <summary>Codes that only the use cases report. Their own tests cover them.</summary>
    private static string[] OfUseCases => [Codes.AlreadyReceived, Codes.Corrected];

    public static TheoryData<string> Explained() => [.. FindingGuide.Entries.Select(entry => entry.Code).Except(OfUseCases)];

    [Fact]
    public void Every_code_has_one_explanation() => Assert.Equal(
        typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        FindingGuide.Entries.Select(entry => entry.Code).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Explained))]
    public async Task Each_example_is_a_message_that_a_file_received(string code)
    {
        var messages = await Messages.Value;
        var example = FindingGuide.Entries.Single(entry => entry.Code == code).Example;
        Assert.True(messages.Contains((code, example)), $"No file received:\n{example}\nbut:\n{string.Join('\n', messages.Where(item => item.Code == code).Select(item => item.Message).Take(5))}");
    }

    [Fact]
    public void The_page_matches_the_code()
    {
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            File.WriteAllText(Page, FindingGuide.ToMarkdown());
        }

        Assert.Equal(FindingGuide.ToMarkdown(), File.ReadAllText(Page));
    }

    /// <summary>Returns the messages of the hostile and bad files, and some others.</summary>
    private static async Task<HashSet<(string Code, string Message)>> ReadMessagesAsync()
    {
        var messages = new[] { "bad-inputs.csv", "expected.csv" }.SelectMany(name => new AnswerFile(name).Read()).SelectMany(file => file)
            .Select(answer => (answer.Code, answer.Sentence)).ToHashSet();
        var place = UploadPath.Resolve(Examine.Catalogue, "constabulry/domestic-abuse/2019-20-Q1/a.csv", new DateOnly(2020, 6, 1)).Problem!;
        messages.Add((place.Code, place.Message));
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
            (Sarc, "Name,Age\nOne Person,31\nAnother Person,42\nA Third Person,27\n"),
            (Sarc, "Case,Age,Gender,Outcome\n1,31,F,Closed\n2,42,F,Open\n3,27,M,Open\n"),
            (Sarc, "Referrals to SARC over 18s,51\nReferrals to SARC under 18s,24\n\nNHS number,999 000 0018\n"),
            (Incidents, "Police DA Incidents\nCambs,2091\nPboro,1366\n\nPolice DA Crime Rate\nCambs,71%\nPboro,63%\n"),
            (Incidents, "Police DA Incidents\nCambs,2091\nPboro,1366\n\nPolice DA Crime Rate\nCambs,7%\nPboro,63%\n"),
            (Incidents, "Police DA Incidents\nCambs,2091\n\nPolice DA Crime Rate\nCambs,71%\nPboro,63%\n"),
            (Advisers, "measure,area,value\nidva.referrals,fenland,60\nidva.engaged,,61\nidva.repeats,,21\n"),
            ("constabulary/sexual-offences", "Sexual Offence crimes\nCambs,347\nPboro,151\n\nSerious Sexual Offence crimes\nCambs,375\nPboro,126\n"),
            (Mash, "DA cases,40\nSV cases,11\n\nDA cases: Care Act criteria met\nYes,28\nNo,16\n\nSV cases: Care Act criteria met\nYes,8\nNo,3\n"),
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
            var examined = await Examine.FileAsync(id, "2019-20-Q1", System.Text.Encoding.UTF8.GetBytes(text), "return.csv", accepted: accepted);
            messages.UnionWith(examined.Findings.Select(finding => (finding.Code, finding.Message)));
        }

        var last = Examine.Form(Mash).Cells.Zip([40m, 11, 28, 12, 8, 3], (cell, value) => ("2018-19-Q4", cell.Key, value)).ToArray();
        var repeated = await Examine.FileAsync(
            Mash,
            "2019-20-Q1",
            "DA cases,40\nSV cases,11\n\nDA cases: Care Act criteria met\nYes,28\nNo,12\n\nSV cases: Care Act criteria met\nYes,8\nNo,3\n"u8.ToArray(),
            "return.csv",
            accepted: last);
        messages.UnionWith(repeated.Findings.Select(finding => (finding.Code, finding.Message)));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, "tests", "DasvPipeline.UnitTests", "Receive", "files"), "idva*.csv"))
        {
            var examined = await Examine.FileAsync(Advisers, "2019-20-Q1", await File.ReadAllBytesAsync(file), "form.csv");
            messages.UnionWith(examined.Findings.Select(finding => (finding.Code, finding.Message)));
        }

        return messages;
    }

    private static FigureKey Figure(string measure, string breakdown) => new(new MeasureId(measure), AreaId.All, Breakdown.Parse(breakdown));
}
