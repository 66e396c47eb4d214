using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>As much of a period as some label says: a year, a quarter, both or neither.</summary>
internal readonly record struct When(int? FirstYear, int? Quarter)
{
    public static readonly When Unsaid;

    public bool IsSaid => FirstYear is not null || Quarter is not null;

    /// <summary>What this does not say, as the other one says it.</summary>
    public When Else(When other) => new(FirstYear ?? other.FirstYear, Quarter ?? other.Quarter);

    /// <summary>
    /// The period meant in a file sent for <paramref name="asked"/>. A year alone, in a quarter's return, only says which
    /// year the quarter is in.
    /// </summary>
    public Period For(Period asked)
    {
        var whole = Period.OfYear(FirstYear ?? asked.FirstYear);
        return Quarter is { } quarter ? whole.InQuarter(quarter) : whole == asked.Year ? asked : whole;
    }

    /// <summary>What a label that is nothing but a period says: "Q1", "2019-20".</summary>
    public static When Of(string text) => text.Length <= Label.Longest && Label.ReadPeriod(text) is { } read ? new When(read.FirstYear, read.Quarter) : Unsaid;

    /// <summary>The period a label speaks of, alone ("Q1") or at one end of it ("Referrals Q1 2019-20", "Q1: referrals").</summary>
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

        const int Longest = 5; // "April to June 2019", with a word to spare
        var words = text.Split([' ', '\u00A0', '(', ')', ':', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(words.Length - 1, Longest); length > 0; length--)
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
