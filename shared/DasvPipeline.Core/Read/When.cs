using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>The part of a period that a label states: a year, a quarter, both or neither.</summary>
internal readonly record struct When(int? FirstYear, int? Quarter)
{
    public static readonly When Unsaid;

    public bool IsSaid => FirstYear is not null || Quarter is not null;

    /// <summary>Fills in the parts that this label does not state from another one.</summary>
    public When Else(When other) => new(FirstYear ?? other.FirstYear, Quarter ?? other.Quarter);

    /// <summary>
    /// Returns the full period in a file that was sent for <paramref name="reportPeriod"/>. In a quarterly return, a year
    /// alone states only the year of the quarter.
    /// </summary>
    public Period For(Period reportPeriod)
    {
        var whole = Period.OfYear(FirstYear ?? reportPeriod.FirstYear);
        return Quarter is { } quarter ? whole.InQuarter(quarter) : whole == reportPeriod.Year ? reportPeriod : whole;
    }

    /// <summary>Parses a label that is only a period: "Q1", "2019-20".</summary>
    public static When Of(string text) => text.Length <= Label.Longest && Label.ReadPeriod(text) is { } read ? new When(read.FirstYear, read.Quarter) : Unsaid;

    /// <summary>Finds a period in a label that is only a period ("Q1"), or has one at its start or end ("Referrals Q1 2019-20", "Q1: referrals").</summary>
    public static When In(string text)
    {
        if (Of(text) is { IsSaid: true } alone)
        {
            return alone;
        }

        if (text.Length > Label.Longest)
        {
            return Unsaid;
        }

        const int MaxWords = 5; // one more than "April to June 2019"
        var words = text.Split([' ', '\u00A0', '(', ')', ':', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(words.Length - 1, MaxWords); length > 0; length--)
        {
            foreach (var end in (string[][])[words[^length..], words[..length]])
            {
                var part = string.Join(' ', end);
                if (part.Any(char.IsAsciiDigit) && Of(part) is { IsSaid: true } read)
                {
                    return read;
                }
            }
        }

        return Unsaid;
    }
}
