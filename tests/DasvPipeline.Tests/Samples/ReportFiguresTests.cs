using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.Tests.Samples;

/// <summary>
/// The figures of the annual report for 2019-20 (figures.csv, a copy of the list made from it) against what is read from
/// the samples: quarters add up to the report's year, a snapshot is the latest, a rate is weighted.
/// </summary>
public sealed class ReportFiguresTests
{
    /// <summary>The report's measures and the catalogue's. Where the breakdown chooses the measure, it stands after a bar.</summary>
    private static readonly Dictionary<string, string> Measures = new(StringComparer.Ordinal)
    {
        ["IDVA referrals"] = "idva.referrals",
        ["MARAC cases heard"] = "marac.cases",
        ["Domestic abuse incidents"] = "police.da-incidents",
        ["Domestic abuse crime rate"] = "police.da-crime-rate",
        ["Sexual offence crimes"] = "police.sexual-offences",
        ["Serious sexual offence crimes"] = "police.serious-sexual-offences",
        ["Perpetrator panel referrals"] = "police.panel-referrals",
        ["Perpetrator panel repeat rate"] = "police.panel-repeat-rate",
        ["Women housed in the four refuges"] = "refuge.women",
        ["People supported|Female"] = "pwa.supported-by-gender",
        ["People supported|Male"] = "pwa.supported-by-gender",
        ["New referrals|ISVA"] = "isva.referrals",
        ["New referrals|ChISVA"] = "chisva.referrals",
        ["Calls to the helpline"] = "helpline.calls",
        ["New callers"] = "helpline.new-callers",
        ["Opening hours"] = "helpline.hours",
        ["Clients accessing emotional support and counselling"] = "helpline.clients",
        ["Active volunteers"] = "helpline.volunteers",
        ["Volunteer hours"] = "helpline.volunteer-hours",
        ["DA cases referred to AS MASH"] = "mash.da-cases",
        ["SV cases referred to AS MASH"] = "mash.sv-cases",
        ["DA referrals meeting Care Act criteria"] = "mash.da-care-act",
        ["SV referrals meeting Care Act criteria"] = "mash.sv-care-act",
        ["SARC referrals"] = "sarc.referrals",
    };

    /// <summary>The report's agencies whose labels are not ids, and the agencies that report for them.</summary>
    private static readonly Dictionary<string, string[]> Agencies = new(StringComparer.Ordinal)
    {
        ["marac"] = ["idva-service"],
        ["refuges"] = ["cambridge-womens-aid", "refuge", "peterborough-womens-aid"],
        ["as-mash"] = ["adult-safeguarding-cambridgeshire", "adult-safeguarding-peterborough"],
        ["rape-crisis-isva"] = ["rape-crisis"],
        ["rape-crisis-helpline"] = ["rape-crisis"],
    };

    /// <summary>What the report works out from others, and what it contradicts itself in.</summary>
    private static readonly Dictionary<string, string> Derived = new(StringComparer.Ordinal)
    {
        ["F11"] = "idva.engaged / idva.referrals",
        ["F12"] = "idva.repeats / idva.referrals",
        ["F109"] = "125, where the three returns come to 129, as the report's first page says",
        ["F111"] = "cada.direct + cada.bobby",
        ["F180"] = "isva.referrals + chisva.referrals",
    };

    [Fact]
    public async Task The_samples_come_to_the_figures_of_the_report()
    {
        var observations = await ObservationsAsync();
        var wrong = new List<string>();
        var count = 0;
        foreach (var row in Rows().Where(row => !Derived.ContainsKey(row["ref"]) && KeyOf(row) is not null && row["value"].Length > 0))
        {
            count++;
            var read = Read(observations, row);
            if (read != decimal.Parse(row["value"], CultureInfo.InvariantCulture))
            {
                wrong.Add($"{row["ref"]} {row["measure"]} {row["area"]} {row["breakdown"]} {row["period"]}: {row["value"]}, read {read}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(157, count);
    }

    [Fact]
    public async Task The_figures_the_report_works_out_follow_from_the_samples()
    {
        var observations = await ObservationsAsync();
        decimal Year(string measure) => observations.Select(item => item.Observation)
            .Where(observation => observation.Key.Measure.Value == measure && observation.Period.Year == Period.OfYear(2019)).Sum(observation => observation.Figure.Value!.Value);
        Assert.Equal(0.76m, Math.Round(Year("idva.engaged") / Year("idva.referrals"), 2));
        Assert.Equal(0.36m, Math.Round(Year("idva.repeats") / Year("idva.referrals"), 2));
        Assert.Equal(129, Year("refuge.children"));
        Assert.Equal(1079, Year("cada.direct") + Year("cada.bobby"));
        Assert.Equal(465, Year("isva.referrals") + Year("chisva.referrals"));
    }

    /// <summary>Changes when returns come into the catalogue: map their measures above, and take them out here.</summary>
    [Fact]
    public void The_figures_of_returns_not_yet_collected_are_counted_and_named() => Assert.Equal(
        """
        dhr/reviews: 2
        early-help/courses: 12
        idva-service/feedback: 16
        rape-crisis-isva/age: 27
        rape-crisis-isva/clients: 3
        rape-crisis-isva/outcomes: 12
        rape-crisis-isva/support-type: 8
        refuge/refuge-outcomes: 4
        sarac/cases: 1
        training/attendance: 9
        training/champions: 1
        whole-housing/flexible-funding: 3
        whole-housing/reciprocal: 2
        whole-housing/sanctuary: 1
        whole-housing/support: 1
        childrens-social-care/referrals: 2
        """.Split('\n').Order(StringComparer.Ordinal),
        Rows().Where(row => !Derived.ContainsKey(row["ref"]) && KeyOf(row) is null)
            .GroupBy(row => $"{row["agency"]}/{row["table"]}").Select(group => $"{group.Key}: {group.Count()}").Order(StringComparer.Ordinal));

    private static decimal? Read(IReadOnlyList<(string Agency, Observation Observation)> all, Dictionary<string, string> row)
    {
        var (key, agencies) = KeyOf(row)!.Value;
        var period = Period.Parse(row["period"].Replace(' ', '-'));
        var measure = Examine.Catalogue.Measures[key.Measure];
        var found = all.Where(item => agencies.Contains(item.Agency) && item.Observation.Key == key && (item.Observation.Period == period || item.Observation.Period.Year == period))
            .OrderBy(item => item.Observation.Period).ToList();
        decimal Weight((string Agency, Observation Observation) item) => measure.Weight is { } weight
            ? all.Single(other => other.Agency == item.Agency && other.Observation.Period == item.Observation.Period && other.Observation.Key == item.Observation.Key with { Measure = weight }).Observation.Figure.Value!.Value
            : 1;
        return found.Count == 0 ? null
            : measure.Adds == Adds.Stock ? found[^1].Observation.Figure.Value
            : measure.Adds == Adds.Rate ? found.Sum(item => item.Observation.Figure.Value!.Value * Weight(item)) / found.Sum(Weight)
            : found.Sum(item => item.Observation.Figure.Value!.Value);
    }

    /// <summary>Null where no return of the catalogue asks for the figure.</summary>
    private static (FigureKey Key, string[] Agencies)? KeyOf(Dictionary<string, string> row)
    {
        var agencies = Agencies.GetValueOrDefault(row["agency"], [row["agency"]]);
        var name = Measures.GetValueOrDefault($"{row["measure"]}|{row["breakdown"]}") ?? Measures.GetValueOrDefault(row["measure"]);
        var area = Find("area", row["area"] == "All" ? "County" : row["area"]) ?? "all";
        var cells = Examine.Catalogue.Forms.Where(form => agencies.Contains(form.Return.Agency.Value)).SelectMany(form => form.Cells);
        var cell = cells.FirstOrDefault(cell => cell.Key.Area.Value == area
            && (name is null ? cell.Measure.Label == row["measure"] : cell.Key.Measure.Value == name)
            && (row["breakdown"].Length == 0 ? cell.Key.Breakdown.IsNone
                : cell.Key.Breakdown.IsNone ? name is not null && Measures.ContainsKey($"{row["measure"]}|{row["breakdown"]}")
                : cell.Key.Breakdown.Codes().All(code => Find(code.Key, row["breakdown"]) == code.Value)));
        return cell is null ? null : (cell.Key, agencies);
    }

    private static string? Find(string dimension, string word) => Examine.Catalogue.Dimensions[dimension].Codes
        .FirstOrDefault(code => code.Aliases.Prepend(code.Label).Contains(word, StringComparer.OrdinalIgnoreCase))?.Id;

    private static async Task<List<(string Agency, Observation Observation)>> ObservationsAsync() =>
        [.. (await SampleFiles.AllAsync()).SelectMany(sample => sample.Examined.Observations.Select(observation => (sample.Key.Return.Agency.Value, observation)))];

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        var sheet = Reading.Accepted(Reading.ReadFile(Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(SampleFiles.TestFolder, "figures.csv"))), "figures.csv"));
        var names = Enumerable.Range(1, sheet.ColumnCount).Select(column => sheet[1, column].Shown).ToList();
        return Enumerable.Range(2, sheet.RowCount - 1)
            .Select(row => names.Select((name, i) => (name, sheet[row, i + 1].Shown)).ToDictionary(pair => pair.name, pair => pair.Shown, StringComparer.Ordinal))
            .Where(row => row["ref"].StartsWith('F'));
    }
}
