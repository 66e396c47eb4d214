namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Combines two periods that one text names: a quarter and its year, or a quarter and its months.</summary>
internal static class PeriodCombiner
{
    /// <summary>Gives a year to months, a quarter or a half that has none.</summary>
    public static PeriodPart Attach(PeriodPart part, YearMeaning year)
    {
        var readings = new List<MonthRange>();
        var notes = part.Notes;
        foreach (var months in part.Readings)
        {
            if (part.Shape is PartShape.Quarter or PartShape.Half && year.Calendar is { } calendar)
            {
                var count = months.Count;
                var number = part.Shape == PartShape.Quarter ? part.Number : months.FirstMonth == 4 ? 1 : 2;
                readings.Add(new MonthRange((count * (number - 1)) + 1, count, calendar));
                readings.AddRange(year.Financial.Select(months.InFinancialYear));
                if (months.FirstMonth == 1)
                {
                    readings.Add(months with { Year = calendar });
                }

                notes |= PeriodNotes.UnclearYear | PeriodNotes.CalendarQuarter;
            }
            else if (year.Calendar is { } known)
            {
                readings.Add(months with { Year = months.FirstMonth + months.Count > 13 ? known - 1 : known });
            }
            else
            {
                readings.AddRange(year.Financial.Select(months.InFinancialYear));
                notes |= year.Financial.Count > 1 ? PeriodNotes.UnclearYear : PeriodNotes.None;
            }
        }

        return part with { Readings = [.. readings.Distinct()], Year = year, Notes = notes };
    }

    /// <summary>Combines two periods into one. Returns null if they are two periods.</summary>
    public static PeriodPart? Combine(PeriodPart first, PeriodPart second, bool isAsAt)
    {
        if (first.Shape == PartShape.Relative || second.Shape == PartShape.Relative)
        {
            return CombineRelative(first, second);
        }

        if (first.Shape == PartShape.Year && second.Shape == PartShape.Year)
        {
            var common = first.Readings.Intersect(second.Readings).ToList();
            return common.Count == 0 ? null : first with { Readings = common, Notes = (common.Count == 1 ? PeriodNotes.None : first.Notes) & ~PeriodNotes.MayBeNumbers };
        }

        if (first.Shape == PartShape.Year || second.Shape == PartShape.Year)
        {
            var (year, part) = first.Shape == PartShape.Year ? (first, second) : (second, first);
            return part.NeedsYear ? Attach(part, year.Year!) with { Notes = Attach(part, year.Year!).Notes & ~PeriodNotes.MayBeNumbers } : Narrow(year, part);
        }

        var (outer, inner) = IsOuter(first, second) ? (first, second) : IsOuter(second, first) ? (second, first) : default;
        return outer is null ? null : inner.Shape == PartShape.Date ? CombineDate(outer, inner, isAsAt) : Narrow(outer, inner) ?? Contradict(outer, inner);
    }

    private static PeriodPart? CombineRelative(PeriodPart first, PeriodPart second)
    {
        var (relative, part) = first.Shape == PartShape.Relative ? (first, second) : (second, first);
        return part.Shape == PartShape.Relative ? (relative.RelativeUnit == RelativeUnit.Quarter ? part : relative)
            : part.NeedsYear && relative.RelativeUnit == RelativeUnit.Year ? part with { RelativeUnit = RelativeUnit.Year, RelativeOffset = relative.RelativeOffset }
            : part;
    }

    private static bool IsOuter(PeriodPart outer, PeriodPart inner) =>
        inner.Shape == PartShape.Date ? outer.Shape is PartShape.Quarter or PartShape.Half or PartShape.Span
        : outer.Shape switch
        {
            PartShape.Quarter => inner.Shape is PartShape.Month or PartShape.Span,
            PartShape.Half => inner.Shape is PartShape.Month or PartShape.Span or PartShape.Quarter,
            PartShape.Span => inner.Shape == PartShape.Span && outer.Readings[0].FirstMonth == inner.Readings[0].FirstMonth && outer.Readings[0].Count == inner.Readings[0].Count,
            _ => false,
        };

    /// <summary>Returns the inner months, with the readings that lie within the outer ones. Returns null if there are none.</summary>
    private static PeriodPart? Narrow(PeriodPart outer, PeriodPart inner)
    {
        var readings = outer.Readings.SelectMany(container => inner.Readings.Select(months => Place(container, months))).OfType<MonthRange>().Distinct().ToList();
        if (readings.Count == 0)
        {
            return null;
        }

        var isCalendar = outer.Notes.HasFlag(PeriodNotes.CalendarQuarter) && readings.TrueForAll(months => months.FirstMonth == (3 * (outer.Number - 1)) + 1);
        var notes = ((readings.Count > 1 ? outer.Notes | inner.Notes : inner.Notes & ~PeriodNotes.UnclearYear) & ~PeriodNotes.CalendarQuarter) | (isCalendar ? PeriodNotes.CalendarQuarter : PeriodNotes.None);
        return inner with { Readings = readings, Notes = notes };
    }

    private static MonthRange? Place(MonthRange outer, MonthRange months)
    {
        if (outer.Year is not null && months.Year is not null)
        {
            return outer.Contains(months) ? months : null;
        }

        var offset = (months.FirstMonth - outer.FirstMonth + 12) % 12;
        return offset + months.Count > outer.Count ? null
            : months.Year is null && outer.Year is { } year ? months with { Year = year + ((outer.FirstMonth - 1 + offset) / 12) }
            : months;
    }

    /// <summary>A date in a quarter states its year: "Q2 (30 September 2019)".</summary>
    private static PeriodPart? CombineDate(PeriodPart outer, PeriodPart date, bool isAsAt)
    {
        var day = date.Readings[0];
        var within = outer.Readings.Where(months => Place(months, day) is not null).ToList();
        return within.Count == 0 ? (isAsAt ? outer : null)
            : day.Year is null ? outer with { Readings = within }
            : outer with { Readings = [.. within.Select(months => months.Year is null ? WithYearOf(months, day) : months)], Notes = within.Count == 1 ? outer.Notes & ~PeriodNotes.UnclearYear : outer.Notes };
    }

    private static MonthRange WithYearOf(MonthRange months, MonthRange day) =>
        months with { Year = day.Year - ((months.FirstMonth - 1 + ((day.FirstMonth - months.FirstMonth + 12) % 12)) / 12) };

    /// <summary>"Q2 (Apr-Jun 2019)" is a quarter of a calendar year or a mistake. Both readings are kept.</summary>
    private static PeriodPart Contradict(PeriodPart outer, PeriodPart inner)
    {
        var months = inner.Readings[0];
        var count = outer.Readings[0].Count;
        var calendar = new MonthRange((count * (Math.Max(1, outer.Number) - 1)) + 1, count, outer.HasYear ? outer.Readings[0].Year : null);
        var isCalendar = outer.Number > 0 && Place(calendar with { Year = null }, months) is not null;
        var firstYear = months.Year is { } year ? Period.YearContaining(new DateOnly(year, months.FirstMonth, 1)).FirstYear : (int?)null;
        var placed = outer.Readings.Select(reading => reading.Year is null && firstYear is { } known ? reading.InFinancialYear(known) : reading);
        var inside = inner.NeedsYear && outer.Year is { } stated ? Attach(inner, stated).Readings : inner.Readings;
        return inner with
        {
            Shape = PartShape.Span,
            Readings = [.. inside.Concat(placed).Distinct()],
            Notes = inner.Notes | PeriodNotes.Contradiction | (isCalendar ? PeriodNotes.CalendarQuarter : PeriodNotes.None),
        };
    }
}
