using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Oversight;

/// <summary>Compares two catalogues and words what differs for the manager.</summary>
internal static class CatalogueComparer
{
    private sealed record DueReturn(Form Form, DateOnly Due);

    /// <summary>Lists the returns that would be due, would not be due any more, or would be due on another day.</summary>
    /// <param name="accepted">The returns that have accepted figures.</param>
    public static IReadOnlyList<string> CompareDue(PartnershipCatalogue now, PartnershipCatalogue then, IEnumerable<Period> years, IReadOnlySet<ReturnKey> accepted)
    {
        var sentences = new List<string>();
        var all = years.ToList();
        var (before, after) = (DueIn(now, all), DueIn(then, all));
        foreach (var group in before.Keys.Union(after.Keys).GroupBy(key => key.Return).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
        {
            var name = NameOf(after.Keys.Any(key => key.Return == group.Key) ? then : now, group.Key);
            Add(group.Where(key => !before.ContainsKey(key)), "would be due for");
            Add(group.Where(key => !after.ContainsKey(key)), "would not be due any more for");
            Add(group.Where(key => !after.ContainsKey(key) && accepted.Contains(key)), "has accepted figures that would not be used any more, for");
            foreach (var key in group.Where(key => before.ContainsKey(key) && after.ContainsKey(key) && before[key].Due != after[key].Due).OrderBy(key => key.Period))
            {
                sentences.Add($"{name}, {key.Period.Label}: due on {Format(after[key].Due)} instead of {Format(before[key].Due)}.");
            }

            void Add(IEnumerable<ReturnKey> keys, string what)
            {
                var periods = keys.Select(key => key.Period).Order().ToList();
                if (periods.Count > 0)
                {
                    sentences.Add($"{name} {what} {string.Join(", ", periods)}.");
                }
            }
        }

        return sentences;
    }

    /// <summary>Lists the forms that change, each from the first period with the change.</summary>
    public static IReadOnlyList<string> CompareForms(PartnershipCatalogue now, PartnershipCatalogue then, IEnumerable<Period> years)
    {
        var all = years.ToList();
        var (before, after) = (DueIn(now, all), DueIn(then, all));
        return
        [
            .. before.Keys.Where(after.ContainsKey).GroupBy(key => key.Return).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .SelectMany(group => group.Select(key => (key.Period, Change: DescribeForm(before[key].Form, after[key].Form))).Where(item => item.Change is not null)
                    .GroupBy(item => item.Change).Select(changes => $"{NameOf(then, group.Key)}, {string.Join(", ", changes.Select(item => item.Period).Order())}: {changes.Key}")),
        ];
    }

    public static IReadOnlyList<string> CompareChecks(PartnershipCatalogue now, PartnershipCatalogue then)
    {
        var (before, after) = (now.Checks.All.ToDictionary(check => check.Id, Describe), then.Checks.All.ToDictionary(check => check.Id, Describe));
        return
        [
            .. after.Keys.Except(before.Keys).Select(id => $"The check {id} is new."),
            .. before.Keys.Except(after.Keys).Select(id => $"The check {id} does not apply any more."),
            .. before.Keys.Intersect(after.Keys).Where(id => before[id] != after[id]).Select(id => $"The check {id} changes."),
        ];
    }

    /// <summary>Lists the headlines and tables of each year that are added, left out, or worded in another way.</summary>
    public static IReadOnlyList<string> CompareHeadlines(PartnershipCatalogue now, PartnershipCatalogue then, IEnumerable<Period> years)
    {
        var sentences = new List<string>();
        foreach (var year in years)
        {
            var before = now.GetHeadlines(year).ToDictionary(item => item.Id.Value, item => (item.Title, Words: Words(item))).Concat(now.GetTables(year).ToDictionary(item => item.Id, item => (item.Title, Words: string.Join('|', item.Notes.Prepend(item.Title))))).ToDictionary();
            var after = then.GetHeadlines(year).ToDictionary(item => item.Id.Value, item => (item.Title, Words: Words(item))).Concat(then.GetTables(year).ToDictionary(item => item.Id, item => (item.Title, Words: string.Join('|', item.Notes.Prepend(item.Title))))).ToDictionary();
            sentences.AddRange(after.Keys.Except(before.Keys).Select(id => $"{year}: \"{after[id].Title}\" would be published."));
            sentences.AddRange(before.Keys.Except(after.Keys).Select(id => $"{year}: \"{before[id].Title}\" would not be published any more."));
            sentences.AddRange(before.Keys.Intersect(after.Keys).Where(id => before[id].Words != after[id].Words).Select(id => $"{year}: the words of \"{after[id].Title}\" change."));
            foreach (var headline in then.GetHeadlines(year).Where(item => item.FindBreak(year.PreviousYear, year) is not null && now.GetHeadlines(year).FirstOrDefault(other => other.Id == item.Id)?.FindBreak(year.PreviousYear, year) is null))
            {
                sentences.Add($"{year}: \"{headline.Title}\" would have a break in the series, and would not be compared with {year.PreviousYear}.");
            }
        }

        return sentences;
    }

    /// <summary>
    /// Lists the numbers that the two catalogues would publish differently: totals, periods, breakdowns and cells of tables. A year that is
    /// signed off or under review does not change.
    /// </summary>
    /// <param name="before">What publishing now would change with the live catalogue.</param>
    /// <param name="after">The same with the new catalogue.</param>
    public static IReadOnlyList<CatalogueFigureChange> CompareFigures(PartnershipCatalogue now, PartnershipCatalogue then, Preview before, Preview after)
    {
        var (one, two) = (OpenYears(before), OpenYears(after));
        var changes = new List<CatalogueFigureChange>();
        foreach (var year in one.Keys.Union(two.Keys).Order(StringComparer.Ordinal))
        {
            var (shownBefore, hiddenBefore) = NumbersIn(one.GetValueOrDefault(year));
            var (shownAfter, hiddenAfter) = NumbersIn(two.GetValueOrDefault(year));
            foreach (var id in shownBefore.Keys.Union(shownAfter.Keys).Order(StringComparer.Ordinal))
            {
                var (from, to) = (shownBefore.GetValueOrDefault(id), shownAfter.GetValueOrDefault(id));
                var what = (hiddenBefore.Contains(id), hiddenAfter.Contains(id)) switch
                {
                    (false, true) => "hidden",
                    (true, false) => "shown",
                    (true, true) => null,
                    _ => from == to ? null : "changes",
                };
                if (what is not null)
                {
                    changes.Add(new CatalogueFigureChange(year, NumberNames.Get(id, then, now), id.EndsWith('/' + CellId.Total, StringComparison.Ordinal) ? id[..^(CellId.Total.Length + 1)] : id, what, from, to));
                }
            }
        }

        return changes;
    }

    private static Dictionary<string, PreviewYear> OpenYears(Preview preview) => preview.Years.Where(year => !year.IsFrozen).ToDictionary(year => year.Year);

    private static (IReadOnlyDictionary<string, decimal?> Shown, HashSet<string> Hidden) NumbersIn(PreviewYear? year) =>
        year is null ? (new Dictionary<string, decimal?>(), []) : (year.Shown, [.. year.Hidden.Select(hidden => hidden.Number)]);

    private static Dictionary<ReturnKey, DueReturn> DueIn(PartnershipCatalogue catalogue, IEnumerable<Period> years) =>
        years.SelectMany(catalogue.GetReturnsDueIn).ToDictionary(item => item.Key, item => new DueReturn(item.Form, item.Form.GetDueDate(item.Key.Period)));

    private static string NameOf(PartnershipCatalogue catalogue, ReturnId id) => $"{catalogue.GetAgencyName(id.Agency)}, \"{catalogue.FindNewestForm(id)?.Title ?? id.Name}\"";

    private static string? DescribeForm(Form before, Form after)
    {
        var (one, two) = (before.Cells.ToDictionary(cell => cell.Key, cell => cell.FullName), after.Cells.ToDictionary(cell => cell.Key, cell => cell.FullName));
        var added = two.Keys.Except(one.Keys).Select(key => $"\"{two[key]}\"").ToList();
        var removed = one.Keys.Except(two.Keys).Select(key => $"\"{one[key]}\"").ToList();
        var parts = new List<string>();
        if (added.Count > 0)
        {
            parts.Add($"the form would also ask for {FindingText.JoinWithAnd(added)}");
        }

        if (removed.Count > 0)
        {
            parts.Add($"the form would not ask for {FindingText.JoinWithAnd(removed)} any more");
        }

        if (parts.Count == 0 && Words(before) != Words(after))
        {
            parts.Add("the words of the form change");
        }

        return parts.Count == 0 ? null : string.Join(", and ", parts) + ".";
    }

    private static string Words(Form form) => string.Join('|', form.Tables.SelectMany(table => table.Rows.Concat(table.Columns).SelectMany(member => member.Names.Prepend(member.Label)).Concat(table.Names).Append(table.Title).Append(table.Guidance))
        .Concat(form.Cells.Select(cell => cell.Measure.Guidance)).Append(form.Title).Append(form.Guidance));

    private static string Words(Headline headline) => string.Join('|', headline.Notes.Prepend(headline.Title).Append(headline.Sentence).Append(headline.Unit).Append(headline.Target?.ToString(CultureInfo.InvariantCulture)));

    private static string Describe(FigureCheck check) => check switch
    {
        RangeCheck range => string.Create(CultureInfo.InvariantCulture, $"range {Terms(range.Terms)} {range.Min} {range.Max} {range.Validity}"),
        ChangeCheck change => string.Create(CultureInfo.InvariantCulture, $"change {Terms(change.Terms)} {change.ComparisonBase} {change.Absolute} {change.Relative} {change.Validity}"),
        ComparisonCheck comparison => $"{string.Join(';', comparison.LeftOperands.Select(operand => Terms(operand)))} {Terms(comparison.RightOperand)} {comparison.CanBeLess} {comparison.IsUsuallyLess} {string.Join(',', comparison.SeparateDimensions)} {comparison.Validity}",
        _ => throw new InvalidOperationException(check.Id),
    };

    private static string Terms(IEnumerable<TermDefinition> terms) => string.Join('+', terms.Select(term => $"{term.Measure}[{string.Join(' ', term.Codes.Select(code => $"{code.Key}={string.Join(',', code.Value)}"))}]"));

    private static string Format(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
