using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The annual report: its sections in their order, with the tables and sentences that are made from the figures.</summary>
/// <param name="Title">The title, without the year.</param>
/// <param name="Logo">What the place for the logo on the first page says; null for no such place.</param>
/// <param name="Foreword">The heading of the place for a foreword; null for no such place.</param>
/// <param name="ForewordHint">What the author adds there.</param>
public sealed record AnnualReport(string Title, string? Logo, string? Foreword, string? ForewordHint, ImmutableArray<ReportSection> Sections)
{
    public IEnumerable<ReportTable> Tables => Sections.SelectMany(section => section.Tables);

    /// <summary>Returns the measures whose figures the report of a year shows, and those with which its percentages are weighted and protected.</summary>
    public IEnumerable<MeasureId> Measures => Tables.SelectMany(table => table.Measures).Distinct();

    /// <summary>Returns everything that the report of a year depends on besides the figures, line by line.</summary>
    internal IEnumerable<string> Describe(PartnershipCatalogue catalogue, Period year)
    {
        yield return string.Join('\0', Title, Logo, Foreword, ForewordHint);
        foreach (var section in Sections)
        {
            yield return string.Join('\0', section.Number, section.Title, section.Level, section.Hint, string.Join(' ', section.Headlines), string.Join('\u0001', section.Sentences));
            foreach (var table in section.Tables.Where(table => table.Validity.Includes(year)))
            {
                yield return string.Join('\0', table.Id, table.Title, table.Measure?.Id, table.Chart, table.HasLastYear, string.Join('\u0001', table.Notes));
                foreach (var item in table.Rows.Append(null).Concat(table.Columns))
                {
                    yield return item is null ? string.Empty : string.Join('\0', item.Axis, item.Id, item.Label ?? item.Measure?.Label, item.Measure?.Id, item.Dimension, item.Code, item.Agency, item.Base?.Id);
                }
            }
        }

        foreach (var dimension in Tables.SelectMany(table => table.Rows.Concat(table.Columns)).Select(item => item.Dimension).OfType<string>().Distinct())
        {
            yield return $"{dimension}: {string.Join('\0', catalogue.Dimensions[dimension].Codes.Select(code => $"{code.Id}={code.Label}"))}";
        }
    }
}

/// <summary>A section of the report.</summary>
/// <param name="Number">The number as printed, such as 4.2.1; null for a section without a number.</param>
/// <param name="Level">The level of its heading, from 1.</param>
/// <param name="Hint">What the author adds to the section; null if nothing is needed.</param>
/// <param name="Headlines">The headlines whose sentences the section prints.</param>
/// <param name="Sentences">Sentences with figures of the section's tables, as <c>{table/row}</c> or <c>{table/row/column}</c>.</param>
public sealed record ReportSection(
    string? Number,
    string Title,
    int Level,
    string? Hint,
    ImmutableArray<HeadlineId> Headlines,
    ImmutableArray<string> Sentences,
    ImmutableArray<ReportTable> Tables);

/// <summary>How a table of the report is drawn.</summary>
public enum ReportChart
{
    /// <summary>A table only.</summary>
    None,

    /// <summary>Columns next to each other.</summary>
    Column,

    /// <summary>Columns on top of each other.</summary>
    Stacked,

    /// <summary>Bars from left to right, for long labels.</summary>
    Bar,

    /// <summary>Lines over the quarters.</summary>
    Line,
}

/// <summary>A table of the report.</summary>
/// <param name="Measure">The measure of all figures, unless a row or column names another; null if each row or each column names one.</param>
/// <param name="HasLastYear">True if the quarters of the year before are shown too.</param>
public sealed record ReportTable(
    string Id, string Title, Measure? Measure, ImmutableArray<ReportAxisItem> Rows, ImmutableArray<ReportAxisItem> Columns, ReportChart Chart, bool HasLastYear, ImmutableArray<string> Notes)
{
    /// <summary>The years for which the table is published.</summary>
    public Validity Validity { get; init; }

    public IEnumerable<MeasureId> Measures => Rows.Concat(Columns).SelectMany(item => new[] { item.Measure, item.Base }).Append(Measure).OfType<Measure>()
        .SelectMany(measure => measure.Weight is { } weight ? new[] { measure.Id, weight } : [measure.Id]);
}

/// <summary>What a row or column of a report's table represents.</summary>
public enum ReportAxis
{
    /// <summary>One figure: a measure, or a code.</summary>
    Figure,

    /// <summary>One row or column for each code of a dimension.</summary>
    Codes,

    /// <summary>One for each quarter.</summary>
    Quarters,

    /// <summary>The whole year.</summary>
    Year,

    /// <summary>The sum of the others.</summary>
    Total,
}

/// <summary>A row or column of a table in the report, or a group of them.</summary>
/// <param name="Id">The id in the address of its figures; null for a group, whose members have the ids of their codes.</param>
/// <param name="Dimension">The dimension of a group, or of the one code.</param>
/// <param name="Code">The code that the figures have in the dimension; null for a group.</param>
/// <param name="Agency">The agency whose figures are used; null for all.</param>
public sealed record ReportAxisItem(ReportAxis Axis, string? Id, string? Label, Measure? Measure, string? Dimension, string? Code, AgencyId? Agency)
{
    /// <summary>For a percentage of people: the measure that counts the people, so that a small count cannot be worked out from it.</summary>
    public Measure? Base { get; init; }
}
