using System.Buffers;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>What the texts of a file mean as labels.</summary>
/// <param name="labels">The labels of the form, to find those with the number of a footnote. Null if they do not matter.</param>
internal sealed class LabelTexts(FormLabels? labels = null)
{
    /// <summary>A label without any of these, and without a digit, states no period and no comparison.</summary>
    private static readonly SearchValues<string> TimeWords = SearchValues.Create(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "year", "yr", "quarter", "qtr", "half", "month", "compar", "versus", "vs", "against", "relative to"],
        StringComparison.OrdinalIgnoreCase);

    private readonly TextCache<string> _names = new();

    /// <summary>Null for a silent expression, which most are and which is quickly made.</summary>
    private readonly TextCache<PeriodExpression?> _expressions = new();

    /// <summary>Normalises a label without the periods in it. A label that is only a period is kept.</summary>
    public string NameOf(string text)
    {
        if (!_names.TryGetValue(text, out var name))
        {
            name = Normalise(text);
            _names.Add(text, name = name == text ? text : name);
        }

        return name;
    }

    /// <summary>Returns what a text says about time and the kind of figure.</summary>
    public PeriodExpression Expression(string text) => Find(text) ?? PeriodExpression.CreateSilent(text);

    /// <summary>Returns what a text says about time and the kind of figure, or null if it says nothing.</summary>
    public PeriodExpression? Find(string text)
    {
        if (!_expressions.TryGetValue(text, out var expression))
        {
            expression = PeriodExpressionParser.Parse(text) is { IsSilent: false } parsed ? parsed : null;
            _expressions.Add(text, expression);
        }

        return expression;
    }

    private string Normalise(string text)
    {
        // Parsing a text takes longer than reading a cell, and most texts say nothing about time.
        if (!text.AsSpan().ContainsAnyInRange('0', '9') && !text.AsSpan().ContainsAny(TimeWords))
        {
            return Resolve(Label.Normalise(text));
        }

        var label = Find(text) switch
        {
            { ComparisonWord: not null } comparison => comparison.Rest,
            { Periods.Count: > 0 } dated => dated.TextWithoutPeriods,
            _ => text,
        };
        return Resolve(Label.Normalise(label) is { Length: > 0 } name ? name : Label.Normalise(text));
    }

    private string Resolve(string name) => labels?.Resolve(name) ?? name;
}
