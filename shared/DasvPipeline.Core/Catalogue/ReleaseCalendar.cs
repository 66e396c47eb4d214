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
    /// <summary>The calendar of a catalogue without a file for it.</summary>
    public static readonly ReleaseCalendar Default = new(WorkingDays.England, new TimeOnly(9, 30), PublishMode.Scheduled, [], []);
}
