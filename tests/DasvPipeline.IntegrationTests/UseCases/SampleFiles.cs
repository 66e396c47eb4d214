using System.Globalization;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>Small returns and their paths.</summary>
internal static class SampleFiles
{
    /// <summary>MARAC cases: one figure, and a headline that is the sum of its quarters.</summary>
    public const string MaracHeadline = "marac-cases";

    public static string MaracPath(int quarter, string file = "marac.csv") =>
        string.Create(CultureInfo.InvariantCulture, $"idva-service/marac/2019-20-Q{quarter}/{file}");

    public static string Marac(int cases) => string.Create(CultureInfo.InvariantCulture, $"measure,value\r\nmarac.cases,{cases}\r\n");

    /// <summary>A rejected file: the figure is not a number.</summary>
    public const string BadMarac = "measure,value\r\nmarac.cases,lots\r\n";

    /// <summary>Young people counted over a whole project, which is not the year's figure. The manager sees a disagreement.</summary>
    public const string VawgPath = "vawg-project/support/2019-20/vawg.csv";

    public const string Vawg = "measure,value\r\nvawg.young-people,621\r\nvawg.break4change,21\r\nvawg.embrace-cases,13\r\nvawg.parents,123\r\n";

    public static string SarcPath(string year, int quarter) =>
        string.Create(CultureInfo.InvariantCulture, $"elms-sarc/referrals/{year}-Q{quarter}/sarc.csv");

    public static string Sarc(int adults, int children) =>
        string.Create(CultureInfo.InvariantCulture, $"Referrals to SARC over 18s,{adults}\r\nReferrals to SARC under 18s,{children}\r\n");
}
