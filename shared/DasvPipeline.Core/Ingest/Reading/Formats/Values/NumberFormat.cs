namespace DasvPipeline.Core.Ingest.Reading.Formats.Values;

internal enum NumberFormatKind : byte
{
    Number,
    Percent,
    Date,
    Time,
    DateAndTime,

    /// <summary>A duration whose hours can exceed 24, <c>[h]:mm</c>.</summary>
    Elapsed,
}

/// <summary>Interprets number formats (ECMA-376 part 1, 18.8.30 and 18.8.31).</summary>
internal static class NumberFormat
{
    /// <summary>Returns the kind of a built-in format, including the East Asian date formats.</summary>
    public static NumberFormatKind FromBuiltInId(int id) => id switch
    {
        9 or 10 => NumberFormatKind.Percent,
        (>= 14 and <= 17) or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => NumberFormatKind.Date,
        (>= 18 and <= 21) or (>= 32 and <= 35) or 45 or 47 or 55 or 56 => NumberFormatKind.Time,
        22 => NumberFormatKind.DateAndTime,
        46 => NumberFormatKind.Elapsed,
        _ => NumberFormatKind.Number,
    };

    /// <summary>Returns the kind of a format code. Only the first section is used, for positive numbers. Quoted and escaped text is ignored.</summary>
    public static NumberFormatKind Parse(ReadOnlySpan<char> code)
    {
        var (hasDate, hasTime, hasPercent, isElapsed, hasM) = (false, false, false, false, false);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = Closing(code, i, '"');
                    break;
                case '[':
                    var end = Closing(code, i, ']');
                    isElapsed |= IsElapsed(code[(i + 1)..end]);
                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '%':
                    hasPercent = true;
                    break;
                case 'd' or 'D' or 'y' or 'Y':
                    hasDate = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    hasTime = true;
                    break;
                case 'm' or 'M':
                    hasM = true;
                    break;
            }
        }

        // An m means minutes (or is part of AM/PM) if there are hours or seconds, and otherwise a month.
        hasDate |= hasM && !hasTime;
        return isElapsed ? NumberFormatKind.Elapsed
            : hasDate && hasTime ? NumberFormatKind.DateAndTime
            : hasDate ? NumberFormatKind.Date
            : hasTime ? NumberFormatKind.Time
            : hasPercent ? NumberFormatKind.Percent
            : NumberFormatKind.Number;
    }

    /// <summary>Creates the cell for a stored number and its format.</summary>
    public static Cell CreateCell(double number, NumberFormatKind shown, bool from1904) => shown switch
    {
        NumberFormatKind.Number => new Cell(CellKind.Number, null, number),
        NumberFormatKind.Percent => new Cell(CellKind.Number, null, number, CellTraits.Percent),
        _ => SerialDate.CreateCell(number, shown, from1904) ?? new Cell(CellKind.Number, null, number),
    };

    private static bool IsElapsed(ReadOnlySpan<char> inside) =>
        !inside.IsEmpty && (inside.IndexOfAnyExcept("hH") < 0 || inside.IndexOfAnyExcept("mM") < 0 || inside.IndexOfAnyExcept("sS") < 0);

    private static int Closing(ReadOnlySpan<char> code, int opening, char mark) =>
        code[(opening + 1)..].IndexOf(mark) is var at && at >= 0 ? opening + 1 + at : code.Length;
}
