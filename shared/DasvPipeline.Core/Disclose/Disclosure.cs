using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Disclose;

/// <summary>A year's figures as they may be published.</summary>
/// <param name="Headlines">With what must not be shown hidden.</param>
/// <param name="Hidden">Which numbers are hidden, and why.</param>
/// <param name="Exposed">What earlier releases give away whatever is hidden now.</param>
public sealed record DisclosedYear(
    IReadOnlyList<HeadlineFigures> Headlines, IReadOnlyList<TableFigures> Tables, IReadOnlyList<Hiding> Hidden, IReadOnlyList<string> Exposed)
{
    /// <summary>What readers will know once this is published.</summary>
    internal Knowledge Knowledge { get; init; } = Knowledge.None;
}

/// <summary>Hides what could point at a person: small counts, and what they could be worked out from, in this release and all before.</summary>
public static class Disclosure
{
    /// <summary>As if nothing had been published before.</summary>
    public static IReadOnlyList<HeadlineFigures> Apply(DisclosurePolicy policy, IReadOnlyList<HeadlineFigures> headlines) =>
        Apply(policy, headlines, [], Knowledge.None).Headlines;

    /// <param name="known">What the releases so far have told of the year.</param>
    internal static DisclosedYear Apply(
        DisclosurePolicy policy, IReadOnlyList<HeadlineFigures> headlines, IReadOnlyList<TableFigures> tables, Knowledge known)
    {
        var sheet = new CellSheet(policy);
        foreach (var headline in headlines)
        {
            sheet.Add(headline);
        }

        foreach (var table in tables)
        {
            sheet.Add(table);
        }

        var figures = Fingerprint(policy, sheet.Cells);
        if (known.Decision?.Figures != figures)
        {
            var (hidden, exposed) = Suppression.Choose(policy, sheet.Cells, known, [.. sheet.Guards, .. Guards.Of(policy, sheet.Cells, known)]);
            known = Publish(sheet.Cells, known, new Decision(figures, hidden, exposed));
        }

        var (decision, hides) = (known.Decision!, known.Decision!.Hidden.Select(hiding => hiding.Cell).ToHashSet(StringComparer.Ordinal));
        return new DisclosedYear(
            [.. headlines.Select(headline => Masking.Apply(policy, headline, hides))],
            [.. tables.Select(table => Masking.Apply(policy, table, hides))],
            decision.Hidden,
            decision.Exposed)
        {
            Knowledge = known,
        };
    }

    private static Knowledge Publish(IReadOnlyList<PublicCell> cells, Knowledge known, Decision decision)
    {
        var hides = decision.Hidden.Select(hiding => hiding.Cell).ToHashSet(StringComparer.Ordinal);
        return known.With(
            cells.SelectMany(cell => cell.Says(hides.Contains(cell.Id)), (cell, statement) => new Told(cell.Id, statement)),
            cells.Where(cell => hides.Contains(cell.Id)).SelectMany(cell => cell.Hides, (cell, statement) => new Guard(statement.Sum, cell.Id)),
            decision);
    }

    /// <summary>Of the same figures under the same policy the same is hidden, as long as nothing else is published between.</summary>
    private static string Fingerprint(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{policy.Threshold} {policy.RoundTo} {policy.SmallestBase}\n");
        foreach (var cell in cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"{cell.Id} {cell.Own}\n");
            foreach (var count in cell.Tells.SelectMany(sum => sum.Counts))
            {
                text.Append(CultureInfo.InvariantCulture, $" {count.Figure}={count.Value}\n");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
