using System.Globalization;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Figures and their names as sentences to agencies and to the manager say them.</summary>
internal static class FigureWords
{
    /// <summary>"1,864", "71.5%"</summary>
    public static string Number(decimal value, Quantity quantity) => quantity == Quantity.Percent
        ? (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"
        : value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>"209", "at least 209", "unknown"</summary>
    public static string Number(Bounds amount, Quantity quantity) =>
        amount.IsExact ? Number(amount.Low, quantity)
        : amount.Low == 0 ? "unknown"
        : $"at least {Number(amount.Low, quantity)}";

    /// <summary>The labels of a figure's codes, its area first: "Peterborough, Female"; empty for a figure of the whole.</summary>
    public static string Codes(PartnershipCatalogue catalogue, FigureKey key) => string.Join(
        ", ",
        (key.Area == AreaId.All ? [] : new[] { LabelOf(catalogue, Dimension.Area, key.Area.Value) })
            .Concat(key.Breakdown.Codes().Select(code => LabelOf(catalogue, code.Key, code.Value))));

    public static string LabelOf(PartnershipCatalogue catalogue, string dimension, string code) =>
        catalogue.Dimensions.GetValueOrDefault(dimension)?.Find(code)?.Label ?? code;

    /// <summary>"a, b and c"</summary>
    public static string And(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>A label within a sentence: "Women housed" becomes "women housed"; "IDVA referrals" and names stay.</summary>
    public static string Within(string label)
    {
        var space = label.IndexOf(' ', StringComparison.Ordinal);
        var isName = label.Length < 2 || !char.IsLower(label[1]) || (space > 0 && space + 1 < label.Length && char.IsUpper(label[space + 1]));
        return isName ? label : char.ToLowerInvariant(label[0]) + label[1..];
    }
}
