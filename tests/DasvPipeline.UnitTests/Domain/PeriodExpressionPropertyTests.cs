using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;
using DasvPipeline.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.UnitTests.Domain;

/// <summary>Random periods in random spellings, and random words. A failure prints its seed.</summary>
public sealed class PeriodExpressionPropertyTests
{
    private static readonly string[] Titles = ["", "MARAC cases heard", "Number of referrals", "ISVA referrals", "Women housed in refuges", "Police DA Incidents", "Clients aged 13 to 17 years"];

    private static readonly string[] Words =
    [
        "may", "march", "need", "help", "second", "sec", "first", "year", "under", "18", "over", "16", "children", "1", "4", "between", "women", "plan", "safety", "current",
        "partner", "of", "the", "to", "in", "per", "case", "referrals", "actual", "bodily", "harm", "who", "and", "Act", "final", "hearing", "mean", "target", "group",
    ];

    /// <summary>A text and the months that it states.</summary>
    private sealed record Spelling(string Text, string Rest, MonthRange Months)
    {
        public override string ToString() => $"\"{Text}\" means {Months.Describe()}";
    }

    [Fact]
    public void A_period_in_any_spelling_is_parsed_to_its_months()
    {
        var property = Prop.ForAll(Spellings().ToArbitrary(), spelling =>
        {
            var expression = PeriodExpressionParser.Parse(spelling.Text);
            Assert.Equal(spelling.Months, Assert.Single(Assert.Single(expression.Periods).Readings));
            Assert.Equal(spelling.Rest, expression.Rest);
            Assert.Equal(FigureKinds.Plain, expression.Kinds);
            if (spelling.Months.Period is { } period)
            {
                Assert.Equal(PeriodOutcome.Matches, expression.CompareWith(period).Outcome);
                Assert.Equal(PeriodOutcome.Other, expression.CompareWith(period.PreviousYear).Outcome);
            }
        });
        Run(property);
    }

    [Fact]
    public void Random_words_are_silent()
    {
        var texts = Gen.Choose(2, 6).SelectMany(count => Gen.ArrayOf(Gen.Elements(Words), count)).Where(IsOrdinary).Select(words => string.Join(' ', words));
        Run(Prop.ForAll(texts.ToArbitrary(), text => Assert.True(PeriodExpressionParser.Parse(text).IsSilent, PeriodExpressionParser.Parse(text).Describe())));
    }

    [Fact]
    public void No_text_causes_a_crash_and_spans_lie_within_it()
    {
        string[] pieces = ["Q", "1", "2019", "-20", "/", "19", "Apr", "jun", " to ", "(", ")", "[", ",", " and ", "YTD", "vs", " last year", "FY", "30", ".", "'", "–", "\u00A0", "\u200B", " ending ", "12 months", "31/02/2019", "target", "H1", "😀", "\uD83D", ":"];
        var texts = Gen.OneOf(Gen.ArrayOf(Gen.Elements(pieces)).Select(string.Concat), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty));
        Run(Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var expression = PeriodExpressionParser.Parse(text);
            Assert.All(expression.Spans, span => Assert.True(span.Start >= 0 && span.Length > 0 && span.End <= text.Length));
            Assert.Equal(expression.Spans.OrderBy(span => span.Start), expression.Spans);
            Assert.NotEmpty(expression.Describe());
            foreach (var asked in (string[])["2019-20", "2019-20-Q1", "2019-20-Q4"])
            {
                Assert.Equal(expression.IsSilent, expression.CompareWith(Period.Parse(asked)).Outcome == PeriodOutcome.Silent);
            }
        }));
    }

    /// <summary>Returns false if words support each other, as in "current year", "in may" or "to plan".</summary>
    private static bool IsOrdinary(string[] words)
    {
        string[] links = ["in", "of", "to", "per", "between", "and", "the", "year", "current", "target", "over", "final", "actual", "mean", "plan", "quarterly"];
        string[] linked = ["may", "march", "year", "the", "in", "to", "and", "between", "of", .. links];
        var pairs = words.Zip(words.Skip(1)).ToList();
        return words[0] is not ("may" or "march") && words[^1] is "help" or "women" or "children" or "harm" or "partner"
            && !pairs.Exists(pair => links.Contains(pair.First) && linked.Contains(pair.Second))
            && !pairs.Exists(pair => pair.First is "may" or "march" && (pair.Second is "referrals" or "case" || char.IsAsciiDigit(pair.Second[0]) || links.Contains(pair.Second)))
            && !pairs.Exists(pair => char.IsAsciiDigit(pair.First[0]) && pair.Second is ("may" or "march"))
            && !pairs.Exists(pair => pair.First == "target" && pair.Second != "group");
    }

    private static Gen<Spelling> Spellings() =>
        from firstYear in Gen.Choose(2005, 2035)
        from months in Gen.OneOf(Quarters(firstYear), Years(firstYear), Ranges(firstYear), Months(firstYear))
        from title in Gen.Elements(Titles)
        from frame in Gen.Elements("{0} {1}", "{0}: {1}", "{0} ({1})", "{0} - {1}", "{0} for {1}", "{1}: {0}", "{0}\u00A0{1}", "{0}, {1}")
        from isUpper in Gen.Elements(true, false)
        let text = isUpper ? months.Text.ToUpperInvariant() : months.Text
        select new Spelling(title.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, frame, title, text), title, months.Months);

    private static Gen<(string Text, MonthRange Months)> Quarters(int firstYear) =>
        from quarter in Gen.Choose(1, 4)
        from year in YearTexts(firstYear, hasCompact: firstYear >= 2010 && firstYear != 2020)
        from name in Gen.Elements($"Q{quarter}", $"Qtr {quarter}", $"Qtr. {quarter}", $"Quarter {quarter}", $"{quarter}{Suffix(quarter)} quarter", $"{Ordinals[quarter - 1]} quarter", $"Q {quarter}")
        from text in Gen.Elements($"{name} {year}", $"{year} {name}", $"{name}, {year}", $"{name} ({year})", $"{name} of {year}", $"{name} - {year}")
        select (text, MonthRange.From(Period.FromYear(firstYear).WithQuarter(quarter)));

    private static Gen<(string Text, MonthRange Months)> Years(int firstYear) =>
        from text in Gen.OneOf(
            YearTexts(firstYear, hasCompact: false),
            Gen.Elements($"year ending March {firstYear + 1}", $"year to 31 March {firstYear + 1}", $"12 months to March {firstYear + 1}", $"April {firstYear} to March {firstYear + 1}", $"1 April {firstYear} - 31 March {firstYear + 1}"))
        select (text, MonthRange.From(Period.FromYear(firstYear)));

    private static Gen<(string Text, MonthRange Months)> Ranges(int year) =>
        from first in Gen.Choose(1, 12)
        from count in Gen.Choose(2, 11)
        let months = new MonthRange(first, count, year)
        from length in Gen.Elements(3, 9)
        let start = Name(months.FirstMonth, length)
        let end = Name(months.LastMonth, length)
        let lastYear = months.LastYear!.Value
        let lastDay = DateTime.DaysInMonth(lastYear, months.LastMonth)
        from text in Gen.Elements(
            $"{start}-{end} {lastYear}", $"{start} to {end} {lastYear}", $"{start} – {end} {lastYear}", $"{start} {year} to {end} {lastYear}", $"{start} {year % 100:00} - {end} {lastYear % 100:00}", $"{start}-{end} {lastYear % 100:00}",
            $"1 {start} {year} to {lastDay} {end} {lastYear}", $"1st {start} - {lastDay}th {end} {lastYear}", $"01/{months.FirstMonth:00}/{year} - {lastDay}/{months.LastMonth:00}/{lastYear}", $"{count} months to {end} {lastYear}", $"{count} months ending {lastDay} {end} {lastYear}")
        select (text, months);

    private static Gen<(string Text, MonthRange Months)> Months(int year) =>
        from month in Gen.Choose(1, 12)
        from length in Gen.Elements(3, 9)
        let name = Name(month, length)
        from text in Gen.Elements($"{name} {year}", $"{name}-{year % 100:00}", $"{name} '{year % 100:00}", $"{month:00}/{year}", $"{year}-{month:00}", $"{name}, {year}", $"{name} {year % 100:00}")
        where !(text == $"{year}-{month:00}" && month == (year + 1) % 100)
        select (text, new MonthRange(month, 1, year));

    /// <param name="hasCompact">Whether "1920" is a spelling. "2021" is also a calendar year.</param>
    private static Gen<string> YearTexts(int firstYear, bool hasCompact)
    {
        var (first, second) = ($"{firstYear % 100:00}", $"{(firstYear + 1) % 100:00}");
        string[] texts = [$"{firstYear}-{second}", $"{firstYear}/{second}", $"{firstYear}/{firstYear + 1}", $"{firstYear}–{second}", $"FY{first}/{second}", $"FY {firstYear}-{second}", $"{first}/{second}"];
        return Gen.Elements(hasCompact ? [.. texts, first + second] : texts);
    }

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth"];

    private static string Suffix(int number) => number switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };

    private static string Name(int month, int length) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month) is var name && name.Length > length ? name[..length] : name;

    private static void Run(Property property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(TestShare.Count(small: 1_000, ci: 3_000, all: 30_000)).WithReplay(new Replay(new Rnd((ulong)TestShare.Seed), null)), property);
}
