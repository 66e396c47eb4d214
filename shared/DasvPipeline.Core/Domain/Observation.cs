using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Domain;

/// <summary>
/// The codes of a figure in every dimension except its area, e.g. <c>age=13-to-17;gender=female</c>.
/// The dimensions are in ordinal order, so that equal breakdowns have equal texts.
/// </summary>
public readonly record struct Breakdown
{
    private readonly string? _text;

    /// <summary>Stores null if there are no codes, so that the breakdown equals the default.</summary>
    private Breakdown(string text) => _text = text.Length == 0 ? null : text;

    public static readonly Breakdown None;

    public bool IsEmpty => string.IsNullOrEmpty(_text);

    public static Breakdown Create(IEnumerable<KeyValuePair<string, string>> codes) => new(string.Join(
        ';', codes.OrderBy(code => code.Key, StringComparer.Ordinal).Select(code => $"{code.Key}={code.Value}")));

    public static Breakdown Parse(string text) => new(text);

    /// <summary>The code in one dimension, or null if the figure is not broken down by it.</summary>
    public string? this[string dimension] => Codes().Where(code => code.Key == dimension).Select(code => code.Value).FirstOrDefault();

    public IEnumerable<KeyValuePair<string, string>> Codes()
    {
        if (IsEmpty)
        {
            yield break;
        }

        foreach (var part in _text!.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return new(part[..equals], part[(equals + 1)..]);
        }
    }

    /// <summary>Returns the codes by dimension, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> ToDictionary() => new SortedDictionary<string, string>(Codes().ToDictionary(), StringComparer.Ordinal);

    public override string ToString() => _text ?? string.Empty;
}

/// <summary>Identifies a figure: what is counted, in which area, and with which breakdown.</summary>
public sealed record FigureKey(MeasureId Measure, AreaId Area, Breakdown Breakdown)
{
    /// <summary>Parses the text of a stored key.</summary>
    /// <exception cref="FormatException">The text is not <c>measure|area|breakdown</c>.</exception>
    public static FigureKey Parse(string text) => text.Split('|') is [var measure, var area, var breakdown]
        ? new(new(measure), new(area), breakdown.Length == 0 ? Breakdown.None : Breakdown.Parse(breakdown))
        : throw new FormatException("The key of a figure must be measure|area|breakdown.");

    public override string ToString() => $"{Measure}|{Area}|{Breakdown}";
}

/// <summary>One value of one measure, for an area, a period and a breakdown, with the cell it came from.</summary>
public sealed record Observation(FigureKey Key, Period Period, Figure Figure, CellRef Cell);
