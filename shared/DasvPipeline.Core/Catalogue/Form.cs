using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>An agency that sends returns.</summary>
public sealed record Agency(AgencyId Id, string Name)
{
    /// <summary>The contacts that files can contain.</summary>
    public ImmutableArray<Contact> Contacts { get; init; } = [];

    /// <summary>The periods for which the agency sends returns: from its go-live date to its end.</summary>
    public Validity Validity { get; init; }

    /// <summary>The names that the agency had before.</summary>
    public ImmutableArray<FormerName> FormerNames { get; init; } = [];

    /// <summary>The agency that took over from this one; null if none did.</summary>
    public AgencyId? SucceededBy { get; init; }

    /// <summary>Returns the name that the agency had in a period.</summary>
    public string GetName(Period period) => FormerNames.Where(former => period.Start <= former.Until.End).OrderBy(former => former.Until.End).FirstOrDefault()?.Name ?? Name;
}

/// <summary>A name that an agency had.</summary>
/// <param name="Until">The last period with this name.</param>
public sealed record FormerName(string Name, Period Until);

/// <summary>The published contact of a role or team. At least one of the addresses is given.</summary>
/// <param name="Role">The name of the role, and not of a person.</param>
public sealed record Contact(string Role, string? Email, string? Telephone);

/// <summary>One code of a code list, with the words people use for it.</summary>
public sealed record Code(string Id, string Label, ImmutableArray<string> Aliases)
{
    /// <summary>For an area: its code in the register of the Office for National Statistics (GSS); null if it has none.</summary>
    public string? Gss { get; init; }
}

/// <summary>A code list by which figures are broken down: area, age, gender.</summary>
public sealed record Dimension(string Id, string Title, ImmutableArray<Code> Codes)
{
    /// <summary>The id of the only dimension that every figure has.</summary>
    public const string Area = "area";

    public Code? Find(string code) => Codes.FirstOrDefault(item => item.Id == code);

    /// <summary>Returns the code of a figure in a dimension, or null if the figure is not broken down by it.</summary>
    public static string? CodeOf(FigureKey key, string dimension) => dimension == Area ? key.Area.Value : key.Breakdown[dimension];
}

/// <summary>How a measure is aggregated over time.</summary>
public enum Aggregation
{
    /// <summary>The year is the sum of its quarters.</summary>
    Flow,

    /// <summary>The latest figure is used.</summary>
    Stock,

    /// <summary>A person seen in two quarters is one person, so only the annual figure is used.</summary>
    Distinct,

    /// <summary>A percentage is never added up. Its numerator and denominator are, or another measure weights it.</summary>
    Rate,
}

/// <summary>The time that an annual figure covers.</summary>
public enum Coverage
{
    /// <summary>The period of its return.</summary>
    Period,

    /// <summary>The whole project so far, which can be more than a year.</summary>
    Project,
}

/// <summary>The kind of number that a measure has.</summary>
public enum Quantity
{
    /// <summary>A whole number, 0 or more.</summary>
    Count,

    /// <summary>A number that is not of people, such as full-time equivalents or a rate. Can have decimals.</summary>
    Number,

    /// <summary>Hours. Can have decimals.</summary>
    Hours,

    /// <summary>Pounds. Can have pence.</summary>
    Pounds,

    /// <summary>A fraction of 1, written as a percentage.</summary>
    Percent,
}

/// <summary>What is counted.</summary>
/// <param name="Unit">A plural noun, as used in a sentence: "referrals".</param>
/// <param name="Weight">For a rate: the measure that weights it when periods or areas are combined.</param>
/// <param name="Guidance">A sentence for the agency's data officer.</param>
public sealed record Measure(
    MeasureId Id,
    string Label,
    ImmutableArray<string> Aliases,
    string Unit,
    Quantity Quantity,
    Aggregation Aggregation,
    MeasureId? Weight,
    string? Guidance)
{
    public Coverage Coverage { get; init; }

    /// <summary>The changes of its definition, in the order of time.</summary>
    public ImmutableArray<SeriesBreak> Breaks { get; init; } = [];

    /// <summary>Returns the last change of the definition between two periods; null if their figures can be compared.</summary>
    public SeriesBreak? FindBreak(Period earlier, Period later) => Breaks.LastOrDefault(item => item.IsBetween(earlier, later));

    public bool IsComparable(Period earlier, Period later) => FindBreak(earlier, later) is null;

    /// <summary>True if the figures can be less than 0, such as a change or an income.</summary>
    public bool AllowsNegative { get; init; }

    /// <summary>For a rate such as "per 1,000 people": the number of people. Null for any other measure.</summary>
    public decimal? Per { get; init; }
}

/// <summary>The meaning of a label: a measure, codes, or both.</summary>
public sealed record Coordinates(MeasureId? Measure, ImmutableSortedDictionary<string, string> Codes)
{
    public static readonly Coordinates None = new(null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Combines two meanings. Returns null if they contradict each other.</summary>
    public Coordinates? Merge(Coordinates other)
    {
        if (Measure is { } own && other.Measure is { } others && own != others)
        {
            return null;
        }

        var codes = Codes;
        foreach (var (dimension, code) in other.Codes)
        {
            if (codes.TryGetValue(dimension, out var existing) && existing != code)
            {
                return null;
            }

            codes = codes.SetItem(dimension, code);
        }

        return new Coordinates(Measure ?? other.Measure, codes);
    }
}

/// <summary>A row or column of a form's table.</summary>
/// <param name="Label">The label printed in the form.</param>
/// <param name="Names">All accepted labels, normalised.</param>
/// <param name="IsTotal">True for a total of rows or columns. A total is checked if it is given, and never stored.</param>
public sealed record Member(string Label, ImmutableArray<string> Names, Coordinates Coordinates, bool IsTotal)
{
    /// <summary>The normalised headings of the group of rows to which it belongs. Empty if its label alone identifies it.</summary>
    public ImmutableArray<string> Under { get; init; } = [];

    /// <summary>For a subtotal: the labels of its parts, normalised. Empty for a total of all rows or columns.</summary>
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>Returns true if a row or column is a part of this total. A total without named parts is the sum of all.</summary>
    public bool Includes(Member part) =>
        IsTotal && !part.IsTotal && (Parts.IsEmpty || (part.Names.Any(Parts.Contains) && (part.Under.IsEmpty || part.Under.Any(Names.Concat(Under).Contains))));
}

/// <summary>One figure that a form asks for.</summary>
public sealed record FormCell(int Index, FormTable Table, int Row, int Column, FigureKey Key, Measure Measure)
{
    /// <summary>The labels of its row and column.</summary>
    public string Name => Table.IsList ? Table.Rows[Row].Label : $"{Table.Rows[Row].Label}, {Table.Columns[Column].Label}";

    /// <summary>The name, with the table's title if the row and the column do not say what is counted: "Police DA Incidents, Peterborough".</summary>
    public string FullName =>
        Table.Rows[Row].Coordinates.Measure is null && Table.Columns[Column].Coordinates.Measure is null ? $"{Table.Title}, {Name}" : Name;
}

/// <summary>A table of a form. A table with a single column is a list.</summary>
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

    /// <summary>The columns. A list has one column, and the label of that column is optional in a file.</summary>
    public ImmutableArray<Member> Columns { get; }

    public string? Guidance { get; }

    /// <summary>What each figure in a file is multiplied by: 1,000 if the agency gives thousands. 1 for most tables.</summary>
    public decimal Scale { get; init; } = 1;

    /// <summary>The labels of rows and columns that agencies add and that are never used, normalised.</summary>
    public ImmutableHashSet<string> Ignored { get; init; } = [];

    public bool IsList => Columns.Length == 1;

    /// <summary>The figure at a row and column, counted from 0. Null for a total.</summary>
    public FormCell? this[int row, int column] => _cells[row * Columns.Length + column];

    public IEnumerable<FormCell> Cells => _cells.OfType<FormCell>();

    /// <summary>Returns the places that a total adds up. A total row adds up its column, and a total column its row. Where they meet, the column is used.</summary>
    public IEnumerable<(int Row, int Column)> GetParts(int row, int column) => Rows[row].IsTotal
        ? Enumerable.Range(0, Rows.Length).Where(other => Rows[row].Includes(Rows[other])).Select(other => (other, column))
        : Enumerable.Range(0, Columns.Length).Where(other => Columns[column].Includes(Columns[other])).Select(other => (row, other));
}

/// <summary>The help that is the same in every form.</summary>
/// <param name="Contact">The person or team to ask.</param>
/// <param name="ContactAddress">Their e-mail address or telephone number. Null until the Partnership has filled it in.</param>
/// <param name="Explanations">Suggestions for the notes column. Agencies can also write their own text.</param>
public sealed record FormHelp(string Contact, string? ContactAddress, ImmutableArray<string> Explanations);

/// <summary>How often a return is due.</summary>
public enum Frequency
{
    Quarter,
    Year,
}

/// <summary>
/// The form of a return: its tables, and when it is due. A return has one form after another if its rows, columns or tables change.
/// </summary>
/// <param name="FirstPeriod">The first period with this form.</param>
/// <param name="DueWorkingDays">The number of working days between the end of a period and the due date.</param>
/// <param name="Version">The version of the form. It goes up when labels or tables change.</param>
public sealed record Form(
    ReturnId Return,
    string Title,
    Frequency Frequency,
    Period FirstPeriod,
    int DueWorkingDays,
    int Version,
    string? Guidance,
    ImmutableArray<FormTable> Tables)
{
    /// <summary>The signs and words that this agency writes instead of a number, in lower case, and their meaning.</summary>
    public ImmutableDictionary<string, Figure> Symbols { get; init; } = ImmutableDictionary<string, Figure>.Empty;

    /// <summary>The working days in which the due date is counted.</summary>
    public WorkingDays WorkingDays { get; init; } = WorkingDays.England;

    /// <summary>The last period with this form; null if it has no end.</summary>
    public Period? LastPeriod { get; init; }

    /// <summary>The periods with this form.</summary>
    public Validity Validity => new(FirstPeriod, LastPeriod);

    public ImmutableArray<FormCell> Cells { get; } = [.. Tables.SelectMany(table => table.Cells)];

    /// <summary>Returns true if the return is due for a period, with this form.</summary>
    public bool IsDueFor(Period period) => period.IsYear == (Frequency == Frequency.Year) && period >= FirstPeriod && (LastPeriod is not { } last || period <= last);

    /// <summary>
    /// Returns the figures that the form asks for in a period. Findings, gaps, completeness and the board all use this list.
    /// </summary>
    public ImmutableArray<FormCell> GetRequestedCells(Period period) => IsDueFor(period) ? Cells : [];

    /// <summary>The later due dates of single periods.</summary>
    public ImmutableDictionary<Period, DateOnly> Extensions { get; init; } = ImmutableDictionary<Period, DateOnly>.Empty;

    /// <summary>Returns the due date of the return for a period.</summary>
    public DateOnly GetDueDate(Period period) => Extensions.TryGetValue(period, out var extended) ? extended : WorkingDays.Add(period.End, DueWorkingDays);

    /// <summary>Returns the periods of a year for which the return is due with this form.</summary>
    public IEnumerable<Period> GetPeriodsDueIn(Period year) =>
        (Frequency == Frequency.Year ? [year] : year.Quarters()).Where(IsDueFor);
}
