using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>The patterns of the lexer. Each matches at one position of a folded text.</summary>
internal static partial class PeriodPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>The end of a year: no further digits, and no letters except those of a quarter.</summary>
    private const string YearEnd = "(?![0-9%]|[-/.,:][0-9]|(?!q ?[1-4])[a-z])";

    /// <summary>The year after a month: "2019", "'19", "-19".</summary>
    private const string YearOfMonth =
        "(( ?[-/.,] ?| of | )?'?(?<y>" + PeriodWords.Year4 + ")(?![a-z]|[-/_][0-9]{2}(?![0-9]))"
        + "|([-/.']'?|(?<gap> )'?)?(?<yy>0[5-9]|[1-4][0-9])(?!st|nd|rd|th|[0-9%]|[-/.:_,][0-9]|,? " + PeriodWords.Year4 + "| ?(to|-) ?[0-9]| " + PeriodWords.Month + "))";

    [GeneratedRegex(@"\G(?<y>" + PeriodWords.Year4 + @")-(?<m>0[1-9]|1[0-2])-(?<d>[0-3][0-9])([t ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?z?)?" + PeriodWords.End, Options)]
    public static partial Regex IsoDate();

    [GeneratedRegex(@"\G(?<d>[0-3]?[0-9])(?<s>[-/.])(?<m>[0-3]?[0-9])\k<s>(?<y>" + PeriodWords.Year4 + "|[0-4][0-9])( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?" + PeriodWords.End, Options)]
    public static partial Regex NumericDate();

    [GeneratedRegex(@"\G((?<m>0?[1-9]|1[0-2]) ?[-/] ?(?<y>20[0-4][0-9])|(?<m>0[1-9]|1[0-2])\.(?<y>20[0-4][0-9])|(?<y>20[0-4][0-9])[-/.](?<m>0[1-9]|1[0-2]))(?![-/.0-9a-z])", Options)]
    public static partial Regex NumericMonth();

    [GeneratedRegex(@"\G(?<p>" + PeriodWords.YearPrefix + @"[ .:]{0,2})?'?(?<a>" + PeriodWords.Year4 + "|19[0-9]{2}) ?(?<s>[-/_]|to(?= )) ?'?(?<b>[0-9]{4}|[0-9]{2})" + YearEnd, Options)]
    public static partial Regex LongYear();

    [GeneratedRegex(@"\G((?<p>" + PeriodWords.YearPrefix + @"[ .:]{0,2})'?(?<a>[0-9]{2}) ?[-/_] ?'?(?<b>[0-9]{2})|(?<![£$0-9.,/-])'?(?<a>[0-9]{2})(?<s>[-/_])'?(?<b>[0-9]{2}))" + YearEnd, Options)]
    public static partial Regex ShortYear();

    [GeneratedRegex(@"\G" + PeriodWords.FinancialPrefix + @"[ .:]{0,2}'?(?<y>[0-9]{4}|[0-9]{2})" + YearEnd, Options)]
    public static partial Regex SingleYear();

    [GeneratedRegex(@"\G(?<p>(calendar year|year) )?(?<![£$#.,]|[^q][0-9])(?<y>[0-9]{4}|20[0-4][0-9]{3})" + YearEnd, Options)]
    public static partial Regex PlainYear();

    [GeneratedRegex(
        @"\G((q|qtrs?|quarters?|qu|qr|qrt)\.?( no\.?)? ?[:#-]? ?(?<n>[1-4])(?!(?!20[0-4][0-9](?![0-9]))[0-9]|[.,][0-9]|%|(?!fy)[a-z])"
        + "|(quarter|qtr) (?<n>one|two|three|four)" + PeriodWords.End + "|(q|qtr |quarter )(?<r>iv|i{1,3})" + PeriodWords.End
        + "|(?<n>[1-4])(st|nd|rd|th)[ -]((financial|fin) )?(q|qtr|quarter)" + PeriodWords.End + "|(?<w>first|second|third|fourth|final)[ -]((financial|fin) )?(quarter|qtr)" + PeriodWords.End
        + "|(?<n>[1-4])q" + PeriodWords.End + ")", Options)]
    public static partial Regex Quarter();

    [GeneratedRegex(
        @"\G((h|hy)[ -]?(?<n>[12])" + PeriodWords.End + "|half([ -]year)? (?<n>[12])" + PeriodWords.End + "|(?<n>[12])h" + PeriodWords.End
        + "|((?<w>first|second|1st|2nd)[ -](half([ -]?year)?|(six|6)[ -]months?)|half[ -]?year(ly)?|mid[ -]year|hy)" + PeriodWords.End + "(?! of (?!(the )?(year|financial|fy|[0-9]))))", Options)]
    public static partial Regex Half();

    [GeneratedRegex(@"\G(?<mn>" + PeriodWords.Month + @")\.? (?<d>[0-3]?[0-9])" + PeriodWords.Ordinal + "?,? (?<y>" + PeriodWords.Year4 + ")" + PeriodWords.End, Options)]
    public static partial Regex MonthDayYear();

    [GeneratedRegex(@"\G(?<d>[0-3]?[0-9])" + PeriodWords.Ordinal + @"?( of)?[ -./]?(?<mn>" + PeriodWords.Month + @")\.?" + YearOfMonth + "?", Options)]
    public static partial Regex DayMonth();

    [GeneratedRegex(@"\G(?<mn>" + PeriodWords.Month + @")\.?" + YearOfMonth + "?", Options)]
    public static partial Regex MonthName();

    [GeneratedRegex(@"\G(" + PeriodWords.Ending + ")", Options)]
    public static partial Regex Ending();

    [GeneratedRegex(@"\G(" + PeriodWords.NotKinds + ")", Options)]
    public static partial Regex NotKinds();

    [GeneratedRegex(@"\G(" + PeriodWords.StrongKinds + ")", Options)]
    public static partial Regex StrongKinds();

    [GeneratedRegex(@"\G(" + PeriodWords.WeakKinds + ")", Options)]
    public static partial Regex WeakKinds();

    [GeneratedRegex(@"\G(" + PeriodWords.Whole + ")", Options)]
    public static partial Regex Whole();

    [GeneratedRegex(@"\G(" + PeriodWords.Comparator + ")", Options)]
    public static partial Regex Comparator();

    [GeneratedRegex(@"\G(" + PeriodWords.Filler + ")", Options)]
    public static partial Regex Filler();

    [GeneratedRegex(@"\G(" + PeriodWords.RangeLink + ")", Options)]
    public static partial Regex RangeLink();

    [GeneratedRegex(@"\G(and" + PeriodWords.End + "|[&+,/])", Options)]
    public static partial Regex And();

    [GeneratedRegex(@"\G([a-z0-9][a-z0-9']*|.)", Options | RegexOptions.Singleline)]
    public static partial Regex Word();
}
