namespace DasvPipeline.Core.Read.Values;

internal enum ShownAs : byte
{
    Number,
    Percent,
    Date,
    Time,
    DateAndTime,

    /// <summary>Hours counted on beyond 24, <c>[h]:mm</c>.</summary>
    Elapsed,
}

/// <summary>What a number format makes of a number, ECMA-376 part 1, 18.8.30 and 18.8.31.</summary>
internal static class NumberFormat
{
    /// <summary>The formats every workbook has without saying so, the East Asian dates among them.</summary>
    public static ShownAs OfBuiltIn(int id) => id switch
    {
        9 or 10 => ShownAs.Percent,
        (>= 14 and <= 17) or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => ShownAs.Date,
        (>= 18 and <= 21) or (>= 32 and <= 35) or 45 or 47 or 55 or 56 => ShownAs.Time,
        22 => ShownAs.DateAndTime,
        46 => ShownAs.Elapsed,
        _ => ShownAs.Number,
    };

    /// <summary>Looks at the first section only, that of positive numbers; what is quoted or escaped is just text.</summary>
    public static ShownAs Of(ReadOnlySpan<char> code)
    {
        var (date, time, percent, elapsed, m) = (false, false, false, false, false);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = Closing(code, i, '"');
                    break;
                case '[':
                    var end = Closing(code, i, ']');
                    elapsed |= IsElapsed(code[(i + 1)..end]);
                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '%':
                    percent = true;
                    break;
                case 'd' or 'D' or 'y' or 'Y':
                    date = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    time = true;
                    break;
                case 'm' or 'M':
                    m = true;
                    break;
            }
        }

        // Beside hours or seconds an m is minutes (or the M of AM/PM), otherwise a month.
        date |= m && !time;
        return elapsed ? ShownAs.Elapsed
            : date && time ? ShownAs.DateAndTime
            : date ? ShownAs.Date
            : time ? ShownAs.Time
            : percent ? ShownAs.Percent
            : ShownAs.Number;
    }

    /// <summary>A stored number as its format shows it.</summary>
    public static Cell Cell(double number, ShownAs shown, bool from1904) => shown switch
    {
        ShownAs.Number => new Cell(CellKind.Number, null, number),
        ShownAs.Percent => new Cell(CellKind.Number, null, number, CellTraits.Percent),
        _ => SerialDate.Cell(number, shown, from1904) ?? new Cell(CellKind.Number, null, number),
    };

    private static bool IsElapsed(ReadOnlySpan<char> inside) =>
        !inside.IsEmpty && (inside.IndexOfAnyExcept("hH") < 0 || inside.IndexOfAnyExcept("mM") < 0 || inside.IndexOfAnyExcept("sS") < 0);

    private static int Closing(ReadOnlySpan<char> code, int opening, char mark) =>
        code[(opening + 1)..].IndexOf(mark) is var at && at >= 0 ? opening + 1 + at : code.Length;
}
