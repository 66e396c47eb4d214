using System.Globalization;

namespace DasvPipeline.Core.Domain;

public static class Plural
{
    /// <summary>Formats a number with its noun: "1 figure", "2 figures", "1,200 figures".</summary>
    public static string Format(int count, string singular) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {singular}{(count == 1 ? string.Empty : "s")}");
}
