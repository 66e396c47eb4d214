using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>
/// Looks for a figure that was taken from the wrong table. Numbers can match by chance, so it gives a hint only if the
/// figures could be confused, are not small, and a single swap explains the difference.
/// </summary>
internal sealed class SwappedFigures(PartnershipCatalogue catalogue, IReadOnlyList<BreakdownTable> tables)
{
    private const string Question = "Were 2 figures swapped?";

    /// <summary>Smaller numbers match by chance too often.</summary>
    private const decimal Smallest = 10;

    /// <summary>Finds a stated total in which another table's figure replaces one part.</summary>
    /// <param name="own">The tables that the total should add up, as stated in the report and as returned.</param>
    public Reason? FindInTotal(decimal total, IReadOnlyList<BreakdownTable> own)
    {
        var found = (from table in own
                     from part in table.Values
                     let others = table.Values.Where(other => other.Key != part.Key).Select(other => other.Value).ToList()
                     from foreign in Foreign(own)
                     where foreign.Value >= Smallest && part.Value >= Smallest && foreign.Value != part.Value && others.Sum() + foreign.Value == total
                     orderby foreign.Table.IsStated descending
                     select (Kept: string.Join(" + ", others.Select(Format)), Foreign: foreign)).ToList();
        return found.Select(item => (item.Kept, item.Foreign.Value)).Distinct().Count() != 1
            ? null
            : new Reason($"{Format(total)} is {found[0].Kept} + {Format(found[0].Foreign.Value)}. {Format(found[0].Foreign.Value)} is {Describe(found[0].Foreign)}.", Question);
    }

    /// <summary>Finds a stated part that differs from the returns and whose correct figure is stated in another table.</summary>
    public Reason? FindInParts(BreakdownTable stated, BreakdownTable returned)
    {
        var found = (from place in stated.Values
                     where returned.Values.TryGetValue(place.Key, out var right) && right != place.Value && right >= Smallest && place.Value >= Smallest
                     let right = returned.Values[place.Key]
                     from foreign in Foreign([stated, returned])
                     where foreign.Table.IsStated && foreign.Value == right && IsInDoubt(foreign)
                     select new Reason($"{Format(place.Value)} is stated for {LabelOf(place.Key)}, but the returns give {Format(right)}. {Format(right)} is {Describe(foreign)}.", Question))
            .Distinct().ToList();
        return found is [var only] ? only : null;
    }

    private IEnumerable<(BreakdownTable Table, Breakdown Place, decimal Value)> Foreign(IReadOnlyList<BreakdownTable> own) => tables
        .Where(table => own.All(table.IsComparable))
        .SelectMany(table => table.Values, (table, value) => (table, value.Key, value.Value));

    /// <summary>Returns true if the returns give a different number from the one stated in the report.</summary>
    private bool IsInDoubt((BreakdownTable Table, Breakdown Place, decimal Value) stated) => catalogue.Headlines
        .Where(headline => StatedFigures.GetMeasure(headline.Id) == stated.Table.Measure.Id && headline.Numerators.Length == 1)
        .SelectMany(headline => tables.Where(table => table.Measure.Id == headline.Numerators[0]))
        .Any(table => table.Values.TryGetValue(stated.Place, out var right) && right != stated.Value);

    private string Describe((BreakdownTable Table, Breakdown Place, decimal Value) figure) =>
        $"{(figure.Table.IsStated ? "stated" : "reported")} for \"{figure.Table.Measure.Label}\" in {LabelOf(figure.Place)}";

    private string LabelOf(Breakdown place) => string.Join(", ", place.Codes().Select(code => FigureFormatter.LabelOf(catalogue, code.Key, code.Value)));

    private static string Format(decimal value) => FigureFormatter.FormatValue(value, Quantity.Count);
}
