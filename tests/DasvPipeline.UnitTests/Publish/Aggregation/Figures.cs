using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Aggregation;

/// <summary>A year of the small catalogue's returns, built figure by figure.</summary>
internal sealed class Figures(string year = "2019-20")
{
    public static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small.Load();

    private readonly Dictionary<ReturnKey, List<Observation>> _returns = [];
    private readonly PartnershipCatalogue _catalogue = Catalogue;

    public Figures(PartnershipCatalogue catalogue, string year)
        : this(year) => _catalogue = catalogue;

    /// <summary>Marks a return as received, without figures.</summary>
    public Figures Received(string id, string period)
    {
        _returns.TryAdd(new ReturnKey(ReturnId.TryParse(id)!.Value, Period.Parse(period)), []);
        return this;
    }

    /// <param name="code">An area or an age group, or null for the whole.</param>
    public Figures Add(string id, string period, string measure, string? code, decimal? value, Markers markers = Markers.None)
    {
        Received(id, period);
        var isAge = code is "adult" or "child";
        var figureKey = new FigureKey(
            new MeasureId(measure),
            code is null || isAge ? AreaId.All : new AreaId(code),
            isAge ? Breakdown.Create([new("age", code!)]) : Breakdown.None);
        var key = new ReturnKey(ReturnId.TryParse(id)!.Value, Period.Parse(period));
        _returns[key].Add(new Observation(figureKey, key.Period, new Figure(value, markers), new CellRef(null, 1, 1)));
        return this;
    }

    /// <summary>Adds the calls of the north in a quarter, in the city and in the fen.</summary>
    public Figures Calls(int quarter, decimal? city, decimal? fen) =>
        Add("north/calls", Quarter(quarter), "calls", "city", city).Add("north/calls", Quarter(quarter), "calls", "fen", fen);

    /// <summary>Adds the calls of the south in a quarter.</summary>
    public Figures South(int quarter, decimal? city) => Add("south/calls", Quarter(quarter), "calls", "city", city);

    public Figures People(decimal? adults, decimal? children) =>
        Add("north/people", year, "people", "adult", adults).Add("north/people", year, "people", "child", children);

    /// <param name="asOf">The day on which the year is looked at; null for a day on which all returns are due.</param>
    public YearFigures ToYear(DateOnly? asOf = null) => new(_catalogue, Period.Parse(year), [.. _returns.Select(item => new LiveReturn(item.Key, 1, item.Value))], asOf);

    public IReadOnlyList<HeadlineFigures> WorkOut() => HeadlineCalculator.Calculate(_catalogue, ToYear());

    public HeadlineFigures WorkOut(string headline) => WorkOut().Single(item => item.Headline.Id.Value == headline);

    public string Quarter(int quarter) => FormattableString.Invariant($"{year}-Q{quarter}");
}
