namespace DasvPipeline.Core.Model;

/// <summary>
/// The codes by which a figure is broken down beyond its area, e.g. <c>age=13-to-17;gender=female</c>;
/// dimensions in ordinal order, so that equal breakdowns are equal texts.
/// </summary>
public readonly record struct Breakdown
{
    private readonly string? _text;

    /// <summary>No text at all where there are no codes, so that it equals the default.</summary>
    private Breakdown(string text) => _text = text.Length == 0 ? null : text;

    public static readonly Breakdown None;

    public bool IsNone => string.IsNullOrEmpty(_text);

    public static Breakdown Of(IEnumerable<KeyValuePair<string, string>> codes) => new(string.Join(
        ';', codes.OrderBy(code => code.Key, StringComparer.Ordinal).Select(code => $"{code.Key}={code.Value}")));

    public static Breakdown Parse(string text) => new(text);

    /// <summary>The code in one dimension, or null where the figure is not broken down by it.</summary>
    public string? this[string dimension] => Codes().Where(code => code.Key == dimension).Select(code => code.Value).FirstOrDefault();

    public IEnumerable<KeyValuePair<string, string>> Codes()
    {
        if (IsNone)
        {
            yield break;
        }

        foreach (var part in _text!.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return new(part[..equals], part[(equals + 1)..]);
        }
    }

    /// <summary>In the order of the dimensions.</summary>
    public IReadOnlyDictionary<string, string> ToCodes() => new SortedDictionary<string, string>(Codes().ToDictionary(), StringComparer.Ordinal);

    public override string ToString() => _text ?? string.Empty;
}

/// <summary>Which figure: what is counted, where, and of whom.</summary>
public sealed record FigureKey(MeasureId Measure, AreaId Area, Breakdown Breakdown)
{
    public override string ToString() => $"{Measure}|{Area}|{Breakdown}";
}

/// <summary>One value of one measure, for an area, a period and breakdowns, and the cell it came from.</summary>
public sealed record Observation(FigureKey Key, Period Period, Figure Figure, CellRef Cell);
