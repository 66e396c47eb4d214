using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Oversight.Reconciliation;

/// <summary>The report contradicts itself and its agencies. The samples give exactly these disagreements.</summary>
public sealed class SampleDisagreementTests
{
    /// <summary>The id, headlines, sentence and hints of each disagreement.</summary>
    private static readonly (string Id, string Headlines, string Sentence, string[] Hints)[] Expected =
    [
        ("stated/refuge-children", "refuge-children",
            "The report's first page states 129 children housed in refuges, its section 125. The returns add up to 129 (Cambridge Women's Aid 49, Peterborough Women's Aid 24, Refuge 56).",
            []),
        ("stated/adult-safeguarding-da", "adult-safeguarding-da",
            "The report's first page states 774 adult safeguarding referrals with a domestic abuse element, its section 575 + 197 = 772. The returns add up to 728 (Cambridgeshire 575, Peterborough 153).",
            ["774 is 575 + 199. 199 is stated for \"Adult safeguarding referrals with a sexual violence element\" in Cambridgeshire. Were 2 figures swapped?",
                "197 is the figure for \"Adult safeguarding referrals with a sexual violence element, Cambridgeshire\", the row below. Was the wrong row copied?"]),
        ("da-care-act/cambridgeshire", "adult-safeguarding-da",
            "In Cambridgeshire, the returns of 2019-20 give 565 for \"DA cases: Care Act criteria met\", but 575 for \"DA cases referred to AS MASH\". Both should be the same number. Ask Adult Safeguarding MASH, Cambridgeshire.",
            [Quarters("141 and 143", "158 and 161", "155 and 158", "111 and 113")]),
        ("da-care-act/peterborough", "adult-safeguarding-da",
            "In Peterborough, the returns of 2019-20 give 167 for \"DA cases: Care Act criteria met\", but 153 for \"DA cases referred to AS MASH\". Both should be the same number. Ask Adult Safeguarding MASH, Peterborough.",
            [Quarters("44 and 40", "44 and 41", "50 and 46", "29 and 26")]),
        ("stated/adult-safeguarding-sv", "adult-safeguarding-sv",
            "The report's first page states 280 adult safeguarding referrals with a sexual violence element, its section 199 + 83 = 282. The returns add up to 280 (Cambridgeshire 197, Peterborough 83).",
            ["199 is stated for Cambridgeshire, but the returns give 197. 197 is stated for \"Adult safeguarding referrals with a domestic abuse element\" in Peterborough. Were 2 figures swapped?"]),
        ("sv-care-act/cambridgeshire", "adult-safeguarding-sv",
            "In Cambridgeshire, the returns of 2019-20 give 201 for \"SV cases: Care Act criteria met\", but 197 for \"SV cases referred to AS MASH\". Both should be the same number. Ask Adult Safeguarding MASH, Cambridgeshire.",
            [Quarters("48 and 47", "51 and 50", "52 and 51", "50 and 49")]),
        ("sv-care-act/peterborough", "adult-safeguarding-sv",
            "In Peterborough, the returns of 2019-20 give 93 for \"SV cases: Care Act criteria met\", but 83 for \"SV cases referred to AS MASH\". Both should be the same number. Ask Adult Safeguarding MASH, Peterborough.",
            [Quarters("13 and 11", "33 and 30", "19 and 17", "28 and 25")]),
        ("mixed-units/outreach-supported", "outreach-supported",
            "The headline \"People supported by domestic abuse outreach services\" adds 502 people (\"People supported one to one\", Cambridge Women's Aid) "
            + "and 575 referrals (\"Outreach referrals\", Refuge). The total of 1,077 counts neither. Ask for a figure of the same kind from each, or publish them separately.",
            []),
        ("not-the-year/vawg-young-people", "vawg-young-people",
            "The headline \"Young people supported by the VAWG Project\" counts 621 young people over the whole project, not only in 2019-20. "
            + "It cannot be compared with a figure for 1 year. Ask Violence Against Women and Girls Project for the figure for the year.",
            []),
        ("early-intervention-gender", "",
            "The returns of 2019-20 give 761 for \"People supported by gender\", but 802 for \"People supported\". Both should be the same number. Ask Peterborough Women's Aid.",
            [Quarters("188 and 198", "196 and 207", "194 and 203", "183 and 194")]),
        ("adviser-under-18", "",
            "The returns of 2019-20 give at least 209 for \"Clients by age at referral\" (12 years and under, 13 to 17 years), but 205 for \"Clients supported\" (ChISVA). "
            + "Both should be the same number. Ask Cambridge and Peterborough Rape Crisis Partnership.",
            []),
        ("stated-feedback-clients", "",
            "The report's section states 142 clients who gave feedback to the IDVA Service. The returns add up to 143 for \"Do you feel safer after working with IDVAS?\", "
            + "143 for \"Do you feel more able to cope after working with IDVAS?\", 143 for \"Has your health & wellbeing improved?\" "
            + "and at least 143 for \"Would you know where to go for help around DA in the future?\". Correct the report, or ask IDVA Service.",
            []),
        ("stated-panel-repeat-rate", "",
            "The report's section states 70% as the Perpetrator Panel repeat rate. The returns come to 71% "
            + "(April to June 2019 74%, July to September 2019 73%, October to December 2019 73%, January to March 2020 59%). Correct the report, or ask Cambridgeshire Constabulary.",
            ["70% is the plain mean of the 4 percentages. Weighted by \"Perpetrator Panel referrals\", they come to 71%."]),
    ];

    [Fact]
    public async Task Exactly_these_disagreements_are_reported_in_whole_sentences()
    {
        var found = await FindAsync(_ => true);
        Assert.Equal(Expected.Select(item => item.Id), found.Select(item => item.Id));
        foreach (var (expected, actual) in Expected.Zip(found))
        {
            Assert.Equal(
                (expected.Sentence, expected.Headlines, string.Join('\n', expected.Hints)),
                (actual.Sentence, string.Join(' ', actual.Headlines), string.Join('\n', actual.Hints)));
        }
    }

    [Fact]
    public async Task The_figures_behind_a_disagreement_are_listed_with_their_agencies()
    {
        var found = (await FindAsync(_ => true)).Single(item => item.Id == "stated/adult-safeguarding-da");
        Assert.Equal(
            [
                "Adult safeguarding referrals with a domestic abuse element, Key Headlines: 774 (stated)",
                "Adult safeguarding referrals with a domestic abuse element, Cambridgeshire, Section of the report: 575 (stated)",
                "Adult safeguarding referrals with a domestic abuse element, Peterborough, Section of the report: 197 (stated)",
                "DA cases referred to AS MASH, Cambridgeshire: 575 (adult-safeguarding-cambridgeshire/mash)",
                "DA cases referred to AS MASH, Peterborough: 153 (adult-safeguarding-peterborough/mash)",
            ],
            found.Figures.Select(figure => $"{figure.Label}: {figure.Value} ({figure.Source})"));
        Assert.Equal(DiscrepancyKind.StatedDiffers, found.Kind);
    }

    [Fact]
    public async Task Without_the_report_only_the_returns_are_compared_with_one_another() => Assert.Equal(
        Expected.Select(item => item.Id).Where(id => !id.StartsWith("stated", StringComparison.Ordinal)),
        (await FindAsync(key => key.Return.Agency.Value != "partnership")).Select(item => item.Id));

    [Fact]
    public async Task Differences_that_a_missing_return_could_correct_are_not_reported()
    {
        var found = await FindAsync(key => key.Return.Agency.Value != "adult-safeguarding-peterborough" || key.Period.Quarter != 2);
        Assert.DoesNotContain(found, item => item.Id.EndsWith("care-act/peterborough", StringComparison.Ordinal));
        Assert.Equal(
            "The report's first page states 774 adult safeguarding referrals with a domestic abuse element, its section 575 + 197 = 772. "
            + "The returns so far add up to 687 (Cambridgeshire 575, Peterborough at least 112).",
            found.Single(item => item.Id == "stated/adult-safeguarding-da").Sentence);
    }

    [Fact]
    public async Task A_year_without_returns_has_no_disagreements() => Assert.Empty(await FindAsync(_ => false));

    private static string Quarters(string first, string second, string third, string fourth) =>
        $"They differ in April to June 2019 ({first}), July to September 2019 ({second}), October to December 2019 ({third}) and January to March 2020 ({fourth}).";

    private static async Task<IReadOnlyList<Discrepancy>> FindAsync(Func<ReturnKey, bool> isIn)
    {
        var live = (await ExaminedSamples.AllAsync()).Where(sample => sample.Key.Period.Year == Period.FromYear(2019) && isIn(sample.Key))
            .Select(sample => new LiveReturn(sample.Key, 1, sample.Examined.Observations)).ToList();
        return Reconciler.Find(Examine.Catalogue, new YearFigures(Examine.Catalogue, Period.FromYear(2019), live));
    }
}
