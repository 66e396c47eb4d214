using System.Collections.Immutable;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Who reports.</summary>
public sealed record Agency(AgencyId Id, string Name);

/// <summary>One code of a code list, with the words people use for it.</summary>
public sealed record Code(string Id, string Label, ImmutableArray<string> Aliases);

/// <summary>A code list by which figures are broken down: area, age, gender.</summary>
public sealed record Dimension(string Id, string Title, ImmutableArray<Code> Codes)
{
    /// <summary>The dimension that every figure has.</summary>
    public const string Area = "area";

    public Code? Find(string code) => Codes.FirstOrDefault(item => item.Id == code);

    /// <summary>The code of a figure in a dimension; null where it is not broken down by it.</summary>
    public static string? CodeOf(FigureKey key, string dimension) => dimension == Area ? key.Area.Value : key.Breakdown[dimension];
}

/// <summary>How a measure adds up over time.</summary>
public enum Adds
{
    /// <summary>Quarters sum to the year.</summary>
    Flow,

    /// <summary>The latest stands.</summary>
    Stock,

    /// <summary>People seen in two quarters are one person: only the annual figure counts.</summary>
    Distinct,

    /// <summary>Never added: numerators and denominators are, or it is weighted by another measure.</summary>
    Rate,
}

/// <summary>Which time a yearly figure speaks of.</summary>
public enum Covers
{
    /// <summary>The period of its return.</summary>
    Period,

    /// <summary>All of a project so far, which may be more than a year.</summary>
    Project,
}

/// <summary>What a figure of a measure may look like.</summary>
public enum Quantity
{
    /// <summary>Whole, from 0.</summary>
    Count,

    /// <summary>Hours, from 0, may have decimals.</summary>
    Hours,

    /// <summary>Pounds, from 0, may have pence.</summary>
    Pounds,

    /// <summary>A fraction of one, written as a percentage.</summary>
    Percent,
}

/// <summary>What is counted.</summary>
/// <param name="Unit">In the plural, as a sentence uses it: "referrals".</param>
/// <param name="Weight">For a rate: the measure whose counts weigh it when periods or areas are put together.</param>
/// <param name="Guidance">For the agency's data officer, one sentence.</param>
public sealed record Measure(
    MeasureId Id,
    string Label,
    ImmutableArray<string> Aliases,
    string Unit,
    Quantity Quantity,
    Adds Adds,
    MeasureId? Weight,
    string? Guidance)
{
    public Covers Covers { get; init; }
}

/// <summary>What a label stands for: a measure, codes, both, or part of them.</summary>
public sealed record Coordinates(MeasureId? Measure, ImmutableSortedDictionary<string, string> Codes)
{
    public static readonly Coordinates None = new(null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Both together; null when they contradict each other.</summary>
    public Coordinates? And(Coordinates other)
    {
        if (Measure is { } mine && other.Measure is { } theirs && mine != theirs)
        {
            return null;
        }

        var codes = Codes;
        foreach (var (dimension, code) in other.Codes)
        {
            if (codes.TryGetValue(dimension, out var held) && held != code)
            {
                return null;
            }

            codes = codes.SetItem(dimension, code);
        }

        return new Coordinates(Measure ?? other.Measure, codes);
    }
}

/// <summary>A row or column of a form's table.</summary>
/// <param name="Label">As the form prints it.</param>
/// <param name="Names">Every normalised label it is known by.</param>
/// <param name="IsTotal">The sum of its axis: checked when it is there, never stored.</param>
public sealed record Member(string Label, ImmutableArray<string> Names, Coordinates Coordinates, bool IsTotal);

/// <summary>One figure that a form asks for.</summary>
public sealed record FormCell(int Index, FormTable Table, int Row, int Column, FigureKey Key, Measure Measure)
{
    /// <summary>The labels that lead to it.</summary>
    public string Name => Table.IsList ? Table.Rows[Row].Label : $"{Table.Rows[Row].Label}, {Table.Columns[Column].Label}";
}

/// <summary>A table of a form: rows by columns, or a list when it has a single column.</summary>
public sealed class FormTable
{
    private readonly FormCell?[] _cells;

    internal FormTable(
        string id, string title, ImmutableArray<string> names, ImmutableArray<Member> rows, ImmutableArray<Member> columns, string? guidance, FormCell?[] cells)
    {
        (Id, Title, Names, Rows, Columns, Guidance) = (id, title, names, rows, columns, guidance);
        _cells = cells;
    }

    public string Id { get; }

    public string Title { get; }

    public ImmutableArray<string> Names { get; }

    public ImmutableArray<Member> Rows { get; }

    /// <summary>A list has one column, whose label is the form's own and is not asked for.</summary>
    public ImmutableArray<Member> Columns { get; }

    public string? Guidance { get; }

    public bool IsList => Columns.Length == 1;

    /// <summary>The figure at a row and column, from 0; null in a total.</summary>
    public FormCell? this[int row, int column] => _cells[row * Columns.Length + column];

    public IEnumerable<FormCell> Cells => _cells.OfType<FormCell>();
}

/// <summary>What every form says, whatever its tables.</summary>
/// <param name="Contact">Whom to ask.</param>
/// <param name="ContactAt">Where they are reached; null until the Partnership has filled it in.</param>
/// <param name="Explanations">Suggestions for the notes beside figures; anything else may be written.</param>
public sealed record FormHelp(string Contact, string? ContactAt, ImmutableArray<string> Explanations);

/// <summary>How often a return is owed.</summary>
public enum Every
{
    Quarter,
    Year,
}

/// <summary>The blank spreadsheet of a return, and when it is owed.</summary>
/// <param name="From">The first period owed.</param>
/// <param name="DueWorkingDays">Working days after the period's end until it is due.</param>
/// <param name="Version">Of the form; goes up when labels or tables change.</param>
public sealed record Form(
    ReturnId Return,
    string Title,
    Every Every,
    Period From,
    int DueWorkingDays,
    int Version,
    string? Guidance,
    ImmutableArray<FormTable> Tables)
{
    public ImmutableArray<FormCell> Cells { get; } = [.. Tables.SelectMany(table => table.Cells)];

    /// <summary>Whether this return is owed for a period.</summary>
    public bool IsOwedFor(Period period) => period.IsYear == (Every == Every.Year) && period >= From;

    /// <summary>The day by which a period's return is to be in.</summary>
    public DateOnly DueFor(Period period) => WorkingDays.After(period.End, DueWorkingDays);

    /// <summary>The periods of a year for which this return is owed.</summary>
    public IEnumerable<Period> OwedIn(Period year) =>
        (Every == Every.Year ? [year] : year.Quarters()).Where(IsOwedFor);
}
