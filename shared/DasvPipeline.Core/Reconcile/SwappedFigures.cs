using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Reconcile;

/// <summary>
/// Looks for a figure that was taken from the wrong table. Numbers coincide by chance, so a hint is given only where the
/// figures could be taken for one another, are not small, and a single exchange explains the difference.
/// </summary>
internal sealed class SwappedFigures(PartnershipCatalogue catalogue, IReadOnlyList<PlaceTable> tables)
{
    /// <summary>Smaller numbers are alike too often.</summary>
    private const decimal Smallest = 10;

    /// <summary>A stated total that is right but for one part, in whose place another table's figure was added.</summary>
    /// <param name="own">What the total should be the sum of: as the report states it, as the returns give it.</param>
    public string? InTotal(decimal total, IReadOnlyList<PlaceTable> own)
    {
        var found = (from table in own
                     from part in table.Values
                     let others = table.Values.Where(other => other.Key != part.Key).Select(other => other.Value).ToList()
                     from foreign in Foreign(own)
                     where foreign.Value >= Smallest && part.Value >= Smallest && foreign.Value != part.Value && others.Sum() + foreign.Value == total
                     orderby foreign.Table.IsStated descending
                     select (Kept: string.Join(" + ", others.Select(Text)), Foreign: foreign)).ToList();
        return found.Select(item => (item.Kept, item.Foreign.Value)).Distinct().Count() != 1
            ? null
            : $"{Text(total)} is {found[0].Kept} + {Text(found[0].Foreign.Value)}, and {Text(found[0].Foreign.Value)} is {Said(found[0].Foreign)}: were two figures swapped?";
    }

    /// <summary>A stated part that differs from the returns, whose right figure is stated, wrongly, somewhere else.</summary>
    public string? InParts(PlaceTable stated, PlaceTable returned)
    {
        var found = (from place in stated.Values
                     where returned.Values.TryGetValue(place.Key, out var right) && right != place.Value && right >= Smallest && place.Value >= Smallest
                     let right = returned.Values[place.Key]
                     from foreign in Foreign([stated, returned])
                     where foreign.Table.IsStated && foreign.Value == right && IsInDoubt(foreign)
                     select $"{Text(place.Value)} is stated for {LabelOf(place.Key)} where the returns give {Text(right)}, and {Text(right)} is {Said(foreign)}: were two figures swapped?")
            .Distinct().ToList();
        return found is [var only] ? only : null;
    }

    private IEnumerable<(PlaceTable Table, Breakdown Place, decimal Value)> Foreign(IReadOnlyList<PlaceTable> own) => tables
        .Where(table => own.All(table.IsComparable))
        .SelectMany(table => table.Values, (table, value) => (table, value.Key, value.Value));

    /// <summary>Whether the returns give another number for what the report states there.</summary>
    private bool IsInDoubt((PlaceTable Table, Breakdown Place, decimal Value) stated) => catalogue.Headlines
        .Where(headline => Stated.Of(headline.Id) == stated.Table.Measure.Id && headline.Of.Length == 1)
        .SelectMany(headline => tables.Where(table => table.Measure.Id == headline.Of[0]))
        .Any(table => table.Values.TryGetValue(stated.Place, out var right) && right != stated.Value);

    private string Said((PlaceTable Table, Breakdown Place, decimal Value) figure) =>
        $"{(figure.Table.IsStated ? "stated" : "reported")} for \"{figure.Table.Measure.Label}\" in {LabelOf(figure.Place)}";

    private string LabelOf(Breakdown place) => string.Join(", ", place.Codes().Select(code => FigureWords.LabelOf(catalogue, code.Key, code.Value)));

    private static string Text(decimal value) => FigureWords.Number(value, Quantity.Count);
}
