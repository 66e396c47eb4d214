using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>A possible reason for a wrong figure: a fact about the numbers, and a question about the cause.</summary>
internal readonly record struct Reason(string Fact, string Question)
{
    public override string ToString() => $"{Fact} {Question}";
}

/// <summary>Detects typing mistakes in numbers: a number that becomes another one by a single mistake.</summary>
internal static class TypingMistakes
{
    /// <summary>Smaller numbers become one another too easily.</summary>
    private const decimal Smallest = 10;

    /// <summary>The maximum number of possible corrections that are reported.</summary>
    private const int MaxInSum = 2;

    private static readonly int[] Factors = [10, 100, 1000];

    /// <summary>Returns the mistake that turns the right number into the typed one, or null if no single mistake does.</summary>
    public static Reason? Find(decimal typed, decimal right, Quantity quantity)
    {
        if (typed == right || right < (quantity == Quantity.Percent ? Smallest / 100 : Smallest) || typed <= 0)
        {
            return null;
        }

        var (wrong, correct) = (Digits(typed, quantity), Digits(right, quantity));
        var (shown, shownRight) = (FigureFormatter.FormatValue(typed, quantity), FigureFormatter.FormatValue(right, quantity));
        if (HasSwappedDigits(wrong, correct))
        {
            return new Reason($"{shown} is {shownRight} with 2 digits swapped.", "Was it mistyped?");
        }

        foreach (var factor in Factors)
        {
            if (typed == right * factor || (typed * factor == right && factor > 10))
            {
                return new Reason(
                    typed > right ? $"{shown} is {factor:N0} times {shownRight}." : $"{shownRight} is {factor:N0} times {shown}.",
                    factor == 1000 ? "Was one of them entered in thousands?" : "Was it mistyped?");
            }
        }

        return HasDroppedDigit(wrong, correct) ? new Reason($"{shown} is {shownRight} with a digit left out.", "Was it mistyped?")
            : HasDoubledDigit(wrong, correct) ? new Reason($"{shown} is {shownRight} with a digit typed twice.", "Was it mistyped?")
            : null;
    }

    /// <summary>
    /// Finds the numbers of a sum whose correction, by a single typing mistake, removes a difference. Returns none if there
    /// are more than 2, because they explain nothing.
    /// </summary>
    /// <param name="difference">What must be added to the sum to make it right.</param>
    public static IReadOnlyList<(T Item, decimal Right)> FindInSum<T>(IEnumerable<T> items, Func<T, decimal> valueOf, decimal difference, Quantity quantity)
    {
        var found = items.Where(item => valueOf(item) >= Smallest && Find(valueOf(item), valueOf(item) + difference, quantity) is not null)
            .Select(item => (item, valueOf(item) + difference)).Take(MaxInSum + 1).ToList();
        return found.Count > MaxInSum ? [] : found;
    }

    /// <summary>Words the corrections that would remove a difference: "if "Fenland" were 47, or if "City" were 58".</summary>
    public static string DescribeCorrections<T>(IReadOnlyList<(T Item, decimal Right)> found, Func<T, string> nameOf, Quantity quantity) =>
        string.Join(", or ", found.Select(item => $"if {nameOf(item.Item)} were {FigureFormatter.FormatValue(item.Right, quantity)}"));

    private static string Digits(decimal value, Quantity quantity) =>
        (quantity == Quantity.Percent ? value * 100 : value).TrimTrailingZeros().ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns true if exactly 2 digits are in each other's place: 197 and 179.</summary>
    private static bool HasSwappedDigits(string wrong, string right)
    {
        if (wrong.Length != right.Length)
        {
            return false;
        }

        var differing = Enumerable.Range(0, wrong.Length).Where(i => wrong[i] != right[i]).Take(3).ToList();
        return differing is [var first, var second] && wrong[first] == right[second] && wrong[second] == right[first];
    }

    private static bool HasDroppedDigit(string wrong, string right) =>
        wrong.Length < right.Length && Enumerable.Range(0, right.Length).Any(i => right.Remove(i, 1).TrimStart('0') == wrong);

    private static bool HasDoubledDigit(string wrong, string right) =>
        wrong.Length == right.Length + 1 && Enumerable.Range(0, right.Length).Any(i => right.Insert(i, right[i].ToString()) == wrong);
}
