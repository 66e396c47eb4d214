using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Report;

/// <summary>The sentences of the report that are the same for every year.</summary>
internal static class ReportText
{
    public const string Language = "en-GB";
    public const string TableOfContents = "Contents";
    public const string NotesTitle = "Notes and sources";

    /// <summary>The symbols of the Analysis Function, with their meaning.</summary>
    public static IReadOnlyList<(string Symbol, string Meaning)> Symbols { get; } =
    [
        ("[b]", "The definition has changed. Do not compare with earlier figures."),
        ("[c]", "Hidden, so that nobody can be recognised. A hidden figure is not 0."),
        ("[e]", "Estimated by the agency, or by us from percentages."),
        ("[p]", "Provisional: some of the figures behind it are still to come."),
        ("[r]", "Revised since the year was signed off."),
        ("[x]", "Not available."),
        ("[z]", "Does not apply."),
    ];

    /// <summary>The status of the figures, as printed on every page.</summary>
    public static string DescribeStage(string stage) => stage switch
    {
        YearStage.Final => "Final figures",
        YearStage.Revised => "Revised figures",
        YearStage.UnderReview => "Under review: these figures may change",
        YearStage.InProgress => "Provisional: the year has not ended, and these figures may change",
        _ => "Provisional: these figures may change",
    };

    public static string CreateTitle(ReportDocument content) => $"{content.Report.Title} {content.Period.Id}";

    /// <summary>The sentence that names the sources of a table.</summary>
    public static string DescribeSources(ReportTableElement table) =>
        (table.Sources.Count == 1 ? "Source: " : "Sources: ") + string.Join(", ", table.Sources) + ".";

    /// <summary>The returns that are missing, in a sentence; null if none is.</summary>
    public static string? DescribeMissing(HeadlinesDocument year) => year.Completeness.Missing.Count == 0 ? null
        : $"{year.Completeness.Received} of {year.Completeness.Expected} returns are included. Missing: "
            + string.Join("; ", year.Completeness.Missing.Select(missing => $"{missing.AgencyName}, {missing.ReturnTitle}, {missing.Period}")) + ".";
}
