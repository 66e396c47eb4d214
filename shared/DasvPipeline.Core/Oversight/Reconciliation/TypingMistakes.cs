using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>Detects typing mistakes in numbers.</summary>
internal static class TypingMistakes
{
    /// <summary>Detects two neighbouring digits in the wrong order: 197 and 179.</summary>
    /// <returns>A hint; null if this does not explain the difference.</returns>
    public static string? DescribeSwappedDigits(Bounds stated, Bounds returned, Quantity quantity)
    {
        if (quantity != Quantity.Count || !stated.IsExact || !returned.IsExact)
        {
            return null;
        }

        var (left, right) = (stated.Low.ToString(CultureInfo.InvariantCulture), returned.Low.ToString(CultureInfo.InvariantCulture));
        var at = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return left.Length == right.Length && at + 1 < left.Length && left[at] == right[at + 1] && left[at + 1] == right[at] && left[(at + 2)..] == right[(at + 2)..]
            ? $"{FigureFormatter.FormatValue(stated.Low, quantity)} is {FigureFormatter.FormatValue(returned.Low, quantity)} with 2 digits swapped. Was it mistyped?"
            : null;
    }
}
