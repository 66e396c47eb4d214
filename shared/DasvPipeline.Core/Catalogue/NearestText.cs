namespace DasvPipeline.Core.Catalogue;

/// <summary>Finds the text to suggest in "Did you mean …?": the known text with the smallest edit distance.</summary>
public static class NearestText
{
    /// <summary>Returns the nearest candidate, or null if none is near enough.</summary>
    public static string? Find(string text, IEnumerable<string> candidates)
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

    /// <summary>Counts the letters to insert, delete, replace or swap with the next one.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 40 || from.Length > 200)
        {
            return int.MaxValue;
        }

        var distances = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                var replace = distances[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                distances[i, j] = Math.Min(replace, 1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }

        return distances[from.Length, to.Length];
    }
}
