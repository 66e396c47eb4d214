using System.Globalization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Formats figures and their names for sentences.</summary>
internal static class FigureFormatter
{
    /// <summary>Formats a value: "1,864", "71.5%".</summary>
    public static string FormatValue(decimal value, Quantity quantity) => quantity == Quantity.Percent
        ? (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"
        : value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Formats bounds: "209", "at least 209", "unknown".</summary>
    public static string FormatValue(Bounds amount, Quantity quantity) =>
        amount.IsExact ? FormatValue(amount.Low, quantity)
        : amount.Low == 0 ? "unknown"
        : $"at least {FormatValue(amount.Low, quantity)}";

    /// <summary>Formats a likely range: "between 200 and 8,000", "500 or less".</summary>
    public static string FormatRange(decimal? min, decimal? max, Quantity quantity) => (min, max) switch
    {
        ({ } low, { } high) => $"between {FormatValue(low, quantity)} and {FormatValue(high, quantity)}",
        ({ } low, _) => $"{FormatValue(low, quantity)} or more",
        (_, var high) => $"{FormatValue(high ?? 0, quantity)} or less",
    };

    /// <summary>Returns the labels of a figure's codes, area first: "Peterborough, Female". Empty if it has no codes.</summary>
    public static string FormatCodes(PartnershipCatalogue catalogue, FigureKey key) => string.Join(
        ", ",
        (key.Area == AreaId.All ? [] : new[] { LabelOf(catalogue, Dimension.Area, key.Area.Value) })
            .Concat(key.Breakdown.Codes().Select(code => LabelOf(catalogue, code.Key, code.Value))));

    public static string LabelOf(PartnershipCatalogue catalogue, string dimension, string code) =>
        catalogue.Dimensions.GetValueOrDefault(dimension)?.Find(code)?.Label ?? code;

    /// <summary>Adapts a label for use within a sentence: "Women housed" becomes "women housed". "IDVA referrals", "ChISVA referrals" and names do not change.</summary>
    public static string ToSentenceCase(string label)
    {
        var space = label.IndexOf(' ', StringComparison.Ordinal);
        var firstWord = space < 0 ? label : label[..space];
        var isName = label.Length < 2 || !char.IsLower(label[1]) || firstWord.Skip(1).Any(char.IsUpper) || (space > 0 && space + 1 < label.Length && char.IsUpper(label[space + 1]));
        return isName ? label : char.ToLowerInvariant(label[0]) + label[1..];
    }
}
