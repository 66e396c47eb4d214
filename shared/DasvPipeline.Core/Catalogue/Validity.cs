using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The periods in which an entry of the catalogue applies. Both ends are included.</summary>
/// <param name="From">Null if it has always applied.</param>
/// <param name="Until">Null if it applies without an end.</param>
public readonly record struct Validity(Period? From, Period? Until)
{
    public static readonly Validity Always;

    /// <summary>True if no period is included.</summary>
    public bool IsEmpty => From is { } from && Until is { } until && from.Start > until.End;

    /// <summary>Returns true if the entry applies in the period or in a part of it.</summary>
    public bool Includes(Period period) => (From is not { } from || period.End >= from.Start) && (Until is not { } until || period.Start <= until.End);

    /// <summary>Returns the periods that both include.</summary>
    public Validity Intersect(Validity other) => new(
        From is { } from && other.From is { } otherFrom ? (from.Start >= otherFrom.Start ? from : otherFrom) : From ?? other.From,
        Until is { } until && other.Until is { } otherUntil ? (until.End <= otherUntil.End ? until : otherUntil) : Until ?? other.Until);

    public bool Overlaps(Validity other) => !Intersect(other).IsEmpty;
}

/// <summary>A change of a definition. Figures from before it cannot be compared with those from after it.</summary>
/// <param name="In">The first period with the new definition.</param>
/// <param name="Note">A sentence for the public.</param>
public sealed record SeriesBreak(Period In, string Note)
{
    /// <summary>Returns true if the definition changed between two periods, or during the later one.</summary>
    public bool IsBetween(Period earlier, Period later) => In.Start > earlier.Start && In.Start <= later.End;
}

/// <summary>Reads the keys about time that many entries of the catalogue have.</summary>
internal static class ValidityReader
{
    /// <summary>Reads <c>from</c> and <c>until</c>.</summary>
    public static Validity ReadValidity(this YamlMap map, Mistakes mistakes)
    {
        var validity = new Validity(map.ReadPeriod("from", mistakes), map.ReadPeriod("until", mistakes));
        if (validity.IsEmpty)
        {
            mistakes.Add(map.LocationOf("until"), $"'until' is '{validity.Until}', which is before 'from', '{validity.From}'.");
        }

        return validity;
    }

    /// <summary>Returns the period of a key, or null if the key is missing or its text is not a period.</summary>
    public static Period? ReadPeriod(this YamlMap map, string key, Mistakes mistakes)
    {
        if (map.OptionalText(key) is not { } text)
        {
            return null;
        }

        if (Period.TryParse(text, out var period))
        {
            return period;
        }

        mistakes.Add(map.LocationOf(key), $"'{key}' is '{text}'. It must be a period, such as 2019-20 or 2019-20-Q1.");
        return null;
    }

    /// <summary>Reads <c>breakIn</c> and <c>breakNote</c>: a period and its note, or a list of each.</summary>
    public static ImmutableArray<SeriesBreak> ReadBreaks(this YamlMap map, Mistakes mistakes)
    {
        var (periods, notes) = (map.Texts("breakIn"), map.Texts("breakNote"));
        if (periods.Length != notes.Length)
        {
            mistakes.Add(map.LocationOf(periods.Length > notes.Length ? "breakIn" : "breakNote"), "each period in 'breakIn' needs a 'breakNote' that says what changed.");
            return [];
        }

        var breaks = ImmutableArray.CreateBuilder<SeriesBreak>();
        foreach (var (text, note) in periods.Zip(notes))
        {
            if (Period.TryParse(text, out var period))
            {
                breaks.Add(new SeriesBreak(period, note));
            }
            else
            {
                mistakes.Add(map.LocationOf("breakIn"), $"'breakIn' is '{text}'. It must be a period, such as 2019-20 or 2019-20-Q1.");
            }
        }

        return [.. breaks.OrderBy(item => item.In)];
    }
}
