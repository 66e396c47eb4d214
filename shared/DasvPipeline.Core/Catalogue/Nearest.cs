namespace DasvPipeline.Core.Catalogue;

/// <summary>"Did you mean …?": the known text that takes the fewest keystrokes to get to.</summary>
public static class Nearest
{
    /// <summary>The nearest of the candidates, or null when none is near enough to be meant.</summary>
    public static string? To(string text, IEnumerable<string> candidates)
    {
        var wanted = Label.Normalise(text);
        var (best, distance) = ((string?)null, int.MaxValue);
        foreach (var candidate in candidates)
        {
            var known = Label.Normalise(candidate);
            var steps = wanted.Length >= 4 && known.Contains(wanted, StringComparison.Ordinal) ? 1 : Distance(wanted, known);
            if (steps < distance)
            {
                (best, distance) = (candidate, steps);
            }
        }

        return distance <= Math.Max(1, wanted.Length / 3) ? best : null;
    }

    /// <summary>Letters to insert, delete, replace or swap with a neighbour.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 40 || from.Length > 200)
        {
            return int.MaxValue;
        }

        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var replace = rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replace, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[from.Length, to.Length];
    }
}
