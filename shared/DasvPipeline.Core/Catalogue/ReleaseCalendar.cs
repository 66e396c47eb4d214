using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>When releases are published.</summary>
public enum PublishMode
{
    /// <summary>At announced times, after the manager's approval.</summary>
    Scheduled,

    /// <summary>As soon as figures change. For laptops and tests.</summary>
    Continuous,
}

/// <summary>Which year readers see first. A year in progress is never the one, and a year that was chosen stays until a newer one qualifies.</summary>
public enum FeaturedYearRule
{
    /// <summary>The newest ended year of which all returns were received, or that was signed off.</summary>
    Complete,

    /// <summary>The newest year that was signed off.</summary>
    SignedOff,
}

/// <summary>A release that is announced for a day of its own, besides those that follow the due dates.</summary>
/// <param name="Title">What it will contain.</param>
public sealed record AddedRelease(DateOnly Date, string Title);

/// <summary>A release whose announced day was changed.</summary>
/// <param name="From">The day that the rule gives.</param>
/// <param name="Reason">The reason, which is published.</param>
public sealed record MovedRelease(DateOnly From, DateOnly To, string Reason);

/// <summary>The calendar of releases and due dates.</summary>
/// <param name="WorkingDays">The working days of the Partnership's nation.</param>
/// <param name="Time">The time of day of every release, in UK time.</param>
public sealed record ReleaseCalendar(WorkingDays WorkingDays, TimeOnly Time, PublishMode Mode, ImmutableArray<AddedRelease> Added, ImmutableArray<MovedRelease> Moved)
{
    /// <summary>The rule for the year at the feed's root. If no year meets it, readers see the newest ended year with figures.</summary>
    public FeaturedYearRule FeaturedYear { get; init; }

    /// <summary>The calendar of a catalogue without a file for it.</summary>
    public static readonly ReleaseCalendar Default = new(WorkingDays.England, new TimeOnly(9, 30), PublishMode.Scheduled, [], []);
}
