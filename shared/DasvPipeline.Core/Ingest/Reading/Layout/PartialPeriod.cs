using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The part of a period that a label states: a year, a quarter, both or neither.</summary>
internal readonly record struct PartialPeriod(int? FirstYear, int? Quarter)
{
    public static readonly PartialPeriod None;

    public bool HasValue => FirstYear is not null || Quarter is not null;

    /// <summary>Fills in the parts that this label does not state from another one.</summary>
    public PartialPeriod FillFrom(PartialPeriod other) => new(FirstYear ?? other.FirstYear, Quarter ?? other.Quarter);

    /// <summary>
    /// Returns the full period in a file that was sent for <paramref name="reportPeriod"/>. In a quarterly return, a year
    /// alone states only the year of the quarter.
    /// </summary>
    public Period Resolve(Period reportPeriod)
    {
        var whole = Period.FromYear(FirstYear ?? reportPeriod.FirstYear);
        return Quarter is { } quarter ? whole.WithQuarter(quarter) : whole == reportPeriod.Year ? reportPeriod : whole;
    }

    /// <summary>Parses a label that is only a period: "Q1", "2019-20".</summary>
    public static PartialPeriod Parse(string text) => text.Length <= Label.MaxLength && Label.ParsePeriod(text) is { } read ? new PartialPeriod(read.FirstYear, read.Quarter) : None;

    /// <summary>Finds a period in a label that is only a period ("Q1"), or has one at its start or end ("Referrals Q1 2019-20", "Q1: referrals").</summary>
    public static PartialPeriod FindIn(string text)
    {
        if (Parse(text) is { HasValue: true } alone)
        {
            return alone;
        }

        if (text.Length > Label.MaxLength)
        {
            return None;
        }

        const int MaxWords = 5; // one more than "April to June 2019"
        var words = text.Split([' ', '\u00A0', '(', ')', ':', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(words.Length - 1, MaxWords); length > 0; length--)
        {
            foreach (var end in (string[][])[words[^length..], words[..length]])
            {
                var part = string.Join(' ', end);
                if (part.Any(char.IsAsciiDigit) && Parse(part) is { HasValue: true } read)
                {
                    return read;
                }
            }
        }

        return None;
    }
}
