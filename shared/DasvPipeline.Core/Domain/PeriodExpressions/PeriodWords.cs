namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>The words of period expressions, as patterns over folded text: lower case, single spaces, plain dashes and quotes.</summary>
internal static class PeriodWords
{
    /// <summary>The end of a word.</summary>
    public const string End = "(?![a-z0-9])";

    public const string Month =
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])";

    public const string Numeral = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[1-9][0-9]?)";

    public const string Ordinal = "(?:st|nd|rd|th)";

    public const string Year4 = "(?:199[0-9]|20[0-4][0-9])(?![0-9])";

    /// <summary>The start of an expression of a financial year. "financial year 2019/20".</summary>
    public const string YearPrefix = "(?:fy|f/y|(?:financial|fin\\.?|fiscal) (?:year|yr)|year|yr)";

    /// <summary>The start of an expression whose single year is a financial one. "FY20".</summary>
    public const string FinancialPrefix = "(?:fy|f/y|(?:financial|fin\\.?|fiscal) (?:year|yr))";

    private const string Unit = "(?:year|yr|quarter|qtr|month|period|half[ -]?year)";

    private const string LastUnit = "(?:(?:financial|fin|fiscal|calendar|reporting) )?(?:years?|yrs?|quarters?|qtrs?|months?|periods?|half[ -]?years?)(?:'s)?" + End;

    /// <summary>The end of "the quarter", unless the words that follow say which one: "the quarter ending June".</summary>
    private const string NotStated =
        "(?! ?[-:]? ?(?:[0-9]|(?:one|two|three|four|i{1,3}|iv|ending|ended|end|to|commencing|beginning|starting|from|of|before|after|ago)(?![a-z])))";

    /// <summary>The words for one kind of figure that need no other evidence.</summary>
    public const string StrongKinds =
        "(?<cumulative>"
            + "(?:(?:financial |fin |fiscal )?(?:year|yr|quarter|qtr|month|period|total)s?[ -])?(?<!up )(?<!up-)to[ -]?date" + End + "(?! of)"
            + "|f?ytd" + End + "|y\\.t\\.d\\.?" + End + "|qtd" + End + "|mtd" + End + "|cumulative(?:ly)?(?: totals?| figures?)?" + End + "|cumul" + End + "|running totals?" + End
            + "|(?:year )?so far(?: this (?:year|quarter))?" + End + "|since (?=" + Month + ")|accumulated total" + End + ")"
        + "|(?<rolling>"
            + "(?:rolling|moving)[ -](?:" + Numeral + "|annual|yearly|year|quarterly|quarter|monthly|month|total|sum|average|avg|mean|figures?)"
            + "(?:[ -]?(?:months?|mths?|m|quarters?|qtrs?|years?|average|avg|mean|totals?)){0,2}" + End
            + "|" + Numeral + "[ -]?(?:months?|mths?|m|quarters?|qtrs?|years?)[ -](?:rolling|moving)(?: (?:averages?|avg|totals?))?" + End
            + "|annual rolling" + End + "|past year" + End
            + "|(?:last|past|previous|prior|prev|preceding|latest) " + Numeral + "[ -]?(?:calendar )?(?:months?|mths?|m|quarters?|qtrs?|years?|yrs?|weeks?)" + End + ")"
        + "|(?<average>"
            + "(?:(?:monthly|quarterly|annual|yearly|weekly|daily) )?(?:averaged?|averages|avg)" + End + "(?: (?:per|a|each) (?:month|quarter|week|day|year)" + End + ")?"
            + "|(?:monthly|quarterly|annual|yearly) mean" + End
            + "|per (?:calendar )?(?:month|quarter|week|annum|year)" + End + "|pcm" + End + ")"
        + "|(?<target>targets?" + End + "(?![ -](?:harden|group|audience|population|area|famil|cohort|communit))"
            + "|forecasts?" + End + "|trajector(?:y|ies)" + End + "|projections?" + End + ")"
        + "|(?<change>"
            + "(?:%|percent|per cent|percentage|pct|net|absolute|year[ -]on[ -]year|quarter[ -]on[ -]quarter|annual|quarterly|monthly)[ -]?(?:points? )?(?:changes?|differences?|variances?|increase|decrease|diff|movement|growth)" + End
            + "|(?:change|difference|variance|increase|decrease|movement|diff)s?\\.? ?\\(? ?(?:%|percent" + End + "|per cent" + End + "|pct" + End + ")\\)?"
            + "|variances?" + End + "|yoy" + End + "|qoq" + End + "|(?:year|quarter|month)[ -]on[ -](?:year|quarter|month)" + End
            + "|\\+ ?/ ?-|±|direction of travel" + End + ")"
        + "|(?<previous>"
            + "(?:the )?(?:same (?:quarter|qtr|period|month|time|point)(?: in| of| for)?(?: the)? )?(?:last|previous|prior|preceding|prev)\\.? " + LastUnit
            + "|(?:(?:a|one|1|the) )?(?:year|yr|quarter|qtr|month) (?:ago|before|earlier)" + End + "|12 months (?:ago|before|earlier)" + End + ")"
        + "|(?<provisional>provisional" + End + "|prov\\.)"
        + "|(?<current>(?:the )?(?:this|current) " + LastUnit + "|(?:in|during|for|over)[ -](?:the )?(?:year|quarter)" + End + "" + NotStated + ")"
        + "|(?<frequency>(?:annual|yearly|half[ -]?yearly|quarterly|monthly|fortnightly|weekly|daily)"
            + "(?= (?:[a-z]+ ){0,2}(?:figures?|numbers?|counts?|data|volumes?|referrals|cases|incidents|offences|crimes|clients|victims|survivors|admissions|attendances|calls|people|women|men|children|adults)" + End + ")"
            + "|by (?:the )?(?:year|half[ -]?year|quarter|month|fortnight|week|day)" + End + NotStated + ")"
        + "|(?<asat>as (?:at|of|on)" + End + "|(?:at|by) (?:the )?end of" + End + ")";

    /// <summary>
    /// The words for one kind of figure that are also part of ordinary labels: "plan" in "safety plan". They count only
    /// alone, in brackets, after a dash, before a colon or next to a period.
    /// </summary>
    public const string WeakKinds =
        "(?<cumulative>cum\\.?" + End + "|accumulated" + End + ")"
        + "|(?<rolling>rolling" + End + ")"
        + "|(?<average>mean" + End + "|median" + End + "|ave?\\.?" + End + ")"
        + "|(?<target>plans?" + End + "|planned" + End + "|goals?" + End + "|budget(?:ed)?" + End + "|projected" + End + "|expected" + End + "|benchmark" + End + "|ambition" + End + ")"
        + "|(?<actual>actuals?" + End + "|out[ -]?turns?" + End + "|achieved" + End + ")"
        + "|(?<previous>(?:previous|prior|prev|last|baseline|ly|py|pq|lq)\\.?" + End + ")"
        + "|(?<change>changes?" + End + "|differences?" + End + "|diff\\.?" + End + "|var\\.?" + End + "|increases?" + End + "|decreases?" + End + "|movement" + End + "|trends?" + End + "|direction" + End + "|growth" + End + ")"
        + "|(?<provisional>prov" + End + "|draft" + End + "|preliminary" + End + ")"
        + "|(?<revised>revised" + End + "|rev\\.?" + End + ")"
        + "|(?<final>final" + End + ")"
        + "|(?<current>current" + End + "|latest" + End + ")"
        + "|(?<whole>annual" + End + ")";

    /// <summary>Words for a whole year or quarter whose number is that of the period asked for.</summary>
    public const string Whole =
        "(?<year>(?:full|whole|entire)[ -]year(?: totals?)?" + End + "|annual (?:totals?|figures?)" + End + "|(?:year|yearly)(?:'s)? totals?" + End + "|total for (?:the )?year" + End + NotStated + ")"
        + "|(?<quarter>(?:quarter|qtr|quarterly) totals?" + End + "|total for (?:the )?quarter" + End + NotStated + ")";

    /// <summary>Phrases that look like kinds and are not.</summary>
    public const string NotKinds =
        "no (?:changes?|difference|increase|movement)" + End
        + "|(?:care|safety|support|action|risk|management|protection|exit|recovery|safeguarding|treatment|move[ -]on)[ -](?:plans?|goals?)" + End
        + "|average or (?:above|below)" + End + "|up[ -]to[ -]date" + End + "|to date of" + End + "|(?:mean|may)s? (?:that|be|have|need|not)" + End;

    /// <summary>The start of a comparison.</summary>
    public const string Comparator =
        "(?:when |as )?(?:compared|comparison|comparing|compare)(?: (?:with|to|against))?(?: the)?" + End
        + "|in comparison (?:with|to)" + End + "|relative to" + End + "|(?:up|down) (?:from|on)" + End + "|versus" + End + "|vs\\.?" + End + "|v\\.?" + End
        + "|against(?: the)?" + End + "|cf\\.?" + End + "|(?<change>changes?|differences?|increase|decrease|movement|diff\\.?) (?:since|from|on|compared (?:with|to)|against|vs\\.?|versus)(?: the)?" + End;

    /// <summary>Words that link the ends of a range.</summary>
    public const string RangeLink = "-|(?:up )?to" + End + "|until" + End + "|till?" + End + "|thro(?:ugh)?" + End + "|thru" + End + "|up until" + End;

    /// <summary>Words that belong to the expression next to them.</summary>
    public const string Filler =
        "(?:reporting |return |data )?(?:period|quarter|qtr|months?|year|date)" + End + "|(?:financial|fin|fiscal|calendar) (?:year|yr|quarter|qtr)" + End
        + "|in" + End + "|for" + End + "|during" + End + "|of" + End + "|from" + End + "|between" + End + "|the" + End + "|at" + End + "|on" + End + "|covering" + End + "|ending" + End + "|ended" + End
        + "|end" + End + "|inclusive" + End + "|incl\\.?" + End + "|dated" + End + "|is" + End + "|i\\.?e\\.?" + End + "|only" + End
        + "|(?:mon|tues|wednes|thurs|fri|satur|sun)day" + End;

    /// <summary>Words of a period that is stated by its last or first month: "quarter ending", "12 months to", "year beginning".</summary>
    public const string Ending =
        "(?:(?<count>" + Numeral + ")[ -]?(?:calendar )?(?:months?|mths?|m)|(?:financial |fin |fiscal |calendar )?(?<unit>" + Unit + "|week))(?: period)?[ -]"
        + "(?:(?<start>commencing|beginning|starting|from)|ending|ended|end|to|up to|until)(?: the)?(?: end)?(?: of)?(?: on)?:? ?"
        + "(?=(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day )?(?:[0-9]{1,2}" + Ordinal + "?(?: of)?[ -./]?)?" + Month + "|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]|[0-9]{4}-[0-9][0-9]|[0-9]{1,2}/[0-9]{4}|" + Year4 + ")";

    /// <summary>Words that follow a question's number: "Q1 How safe do you feel".</summary>
    public static readonly HashSet<string> QuestionWords = new(StringComparer.Ordinal)
    {
        "how", "what", "do", "did", "does", "have", "has", "are", "is", "was", "were", "will", "would", "why", "which", "who", "when", "where", "if", "can", "could",
        "please", "overall", "i", "my", "since", "as", "to", "after", "before", "because", "thinking", "on",
    };

    /// <summary>Words that do not make a label: "Q2 figures", "Target number".</summary>
    public static readonly HashSet<string> FigureWords = new(StringComparer.Ordinal)
    {
        "figure", "figures", "number", "numbers", "no", "total", "totals", "value", "values", "count", "counts", "data", "performance", "position", "amount", "rate",
        "and", "or", "by", "a", "an", "%", "&", "rounded", "result", "results", "vs", "v", "with",
    };

    /// <summary>Words before numbers that are ages: "aged 18-19".</summary>
    public static readonly HashSet<string> AgeWordsBefore = new(StringComparer.Ordinal)
        { "aged", "age", "ages", "under", "over", "boys", "girls", "men", "women", "children" };

    /// <summary>Words before a number that is not a year: "Care Act 2014", "room 2019".</summary>
    public static readonly HashSet<string> NumberedWords = new(StringComparer.Ordinal) { "act", "bill", "order", "section", "version", "room", "ref", "regulations", "strategy" };

    /// <summary>Words after numbers that are ages or counts: "18-19 years".</summary>
    public static readonly HashSet<string> CountWordsAfter = new(StringComparer.Ordinal)
    {
        "years", "yrs", "yr", "yo", "y", "olds", "old", "months", "days", "weeks", "hours", "children", "people", "clients", "women", "men", "boys", "girls", "places", "sessions",
        "pupils", "adults", "volunteers",
    };

    /// <summary>Words that make a month certain when they follow "May" or "March": "May figures".</summary>
    public static readonly HashSet<string> ReportWords = new(StringComparer.Ordinal)
        { "figures", "figure", "return", "returns", "data", "total", "totals", "report", "cases", "referrals", "only", "submission", "activity" };

    /// <summary>Month names that are also other words or names.</summary>
    public static readonly HashSet<string> WeakMonths = new(StringComparer.Ordinal) { "may", "march", "mar", "jan", "sep", "dec", "nov", "oct", "apr", "jun", "jul", "feb", "aug", "sept" };

    /// <summary>Words before a date on which a file was written, which is not the period of its figures.</summary>
    public static readonly HashSet<string> WrittenWords = new(StringComparer.Ordinal)
    {
        "completed", "extracted", "printed", "produced", "updated", "submitted", "signed", "created", "run", "saved", "version", "approved", "checked", "issued", "published",
        "written", "downloaded", "deadline", "due", "born", "birth", "dob", "effective", "amended",
    };

    private static readonly string[] Numerals = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly string[] MonthStarts = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Returns the number of a folded month name, from 1.</summary>
    public static int MonthNumber(string name) => Array.FindIndex(MonthStarts, start => name.StartsWith(start, StringComparison.Ordinal)) + 1;

    /// <summary>Returns the value of "3" or "three", or 0.</summary>
    public static int Number(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : Array.IndexOf(Numerals, text) + 1;
}
