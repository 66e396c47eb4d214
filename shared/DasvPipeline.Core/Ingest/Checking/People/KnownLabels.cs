using System.Runtime.CompilerServices;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Knows labels that are never a person's name: those of the form, and words that returns use about themselves.</summary>
internal sealed class KnownLabels(Form form)
{
    private static readonly ConditionalWeakTable<Form, HashSet<string>> Cache = [];

    /// <summary>Returns true if the form has a label.</summary>
    /// <param name="name">The normalised label.</param>
    public bool IsFormLabel(string name) => Cache.GetValue(form, NamesOf).Contains(name);

    public bool Knows(Cell cell)
    {
        if (cell.Text is not { } text)
        {
            return true;
        }

        var name = Label.Normalise(text);
        return IsFormLabel(name) || FormLabels.IsTotal(name) || FormLabels.IsNoteWord(name) || FormLabels.IsMetadataWord(name) || FormLabels.IsNumberWord(name)
            || PersonalDataWords.Current.MetadataLabels.Contains(name) || Label.ParsePeriod(text) is not null || PersonHeadingParser.Parse(text) != PersonHeadingKinds.None;
    }

    /// <summary>Returns true if a label says that its numbers are amounts of money.</summary>
    public static bool IsMoneyLabel(string text) => PersonalDataWords.Current.MoneyWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static HashSet<string> NamesOf(Form form)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in form.Tables)
        {
            names.UnionWith(table.Names);
            names.UnionWith(table.Rows.SelectMany(row => row.Names));
            names.UnionWith(table.Columns.SelectMany(column => column.Names));
        }

        foreach (var measure in form.Cells.DistinctBy(cell => cell.Measure.Id).Select(cell => cell.Measure))
        {
            names.UnionWith(measure.Aliases.Prepend(measure.Label).Select(Label.Normalise));
        }

        return names;
    }
}
