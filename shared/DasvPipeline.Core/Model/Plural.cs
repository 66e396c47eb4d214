using System.Globalization;

namespace DasvPipeline.Core.Model;

public static class Plural
{
    /// <summary>"1 figure", "2 figures", "1,200 figures"</summary>
    public static string Of(int count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {one}{(count == 1 ? string.Empty : "s")}");
}
