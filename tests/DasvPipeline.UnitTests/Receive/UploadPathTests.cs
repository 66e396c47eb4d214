using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.UnitTests.Receive;

public sealed class UploadPathTests
{
    private static readonly DateOnly Today = new(2020, 5, 1);

    [Theory]
    [InlineData("constabulary/domestic-abuse/2019-20-Q1/DA stats Q1.xlsx", "constabulary/domestic-abuse/2019-20-Q1")]
    [InlineData("cada/support/2019-20/..xlsx", "cada/support/2019-20")]
    [InlineData("constabulary/domestic-abuse/2020-21-Q1/<script>.csv", "constabulary/domestic-abuse/2020-21-Q1")]
    public void A_path_names_a_return(string path, string key)
    {
        var (form, resolved, problem) = UploadPath.Resolve(Examine.Catalogue, path, Today);
        Assert.Null(problem);
        Assert.Equal((key, form!.Return), (resolved.ToString(), resolved.Return));
    }

    [Theory]
    [InlineData("figures.xlsx", Codes.UnknownPath, "The file's path is not one for returns. Upload a return to agency/return/period/file, for example adult-safeguarding-cambridgeshire/mash/2019-20-Q1/figures.xlsx.")]
    [InlineData("constabulary/domestic-abuse/2019-20-Q1/", Codes.UnknownPath, "The file's path is not one for returns. Upload a return to agency/return/period/file, for example adult-safeguarding-cambridgeshire/mash/2019-20-Q1/figures.xlsx.")]
    [InlineData("constabulary/domestic-abuse/2019-20-Q1/a/b.xlsx", Codes.UnknownPath, "The file's path is not one for returns. Upload a return to agency/return/period/file, for example adult-safeguarding-cambridgeshire/mash/2019-20-Q1/figures.xlsx.")]
    [InlineData("", Codes.UnknownPath, "The file's path is not one for returns. Upload a return to agency/return/period/file, for example adult-safeguarding-cambridgeshire/mash/2019-20-Q1/figures.xlsx.")]
    [InlineData("constabulry/domestic-abuse/2019-20-Q1/a.xlsx", Codes.UnknownPath, "There is no agency \"constabulry\". Did you mean constabulary?")]
    [InlineData("Constabulary/domestic-abuse/2019-20-Q1/a.xlsx", Codes.UnknownPath, "There is no agency \"Constabulary\". Did you mean constabulary?")]
    [InlineData("../domestic-abuse/2019-20-Q1/a.xlsx", Codes.UnknownPath, "There is no agency \"..\".")]
    [InlineData("norfolk/domestic-abuse/2019-20-Q1/a.xlsx", Codes.UnknownPath, "There is no agency \"norfolk\".")]
    [InlineData("constabulary/crime/2019-20-Q1/a.xlsx", Codes.UnknownPath, "Cambridgeshire Constabulary has no return \"crime\". Its returns are: domestic-abuse, perpetrator-panel, sexual-offences.")]
    [InlineData("constabulary/domestic-abuse/2019-Q1/a.xlsx", Codes.UnknownPath, "\"2019-Q1\" is not a period. Write a quarter as 2019-20-Q1, and a year as 2019-20.")]
    [InlineData("constabulary/domestic-abuse/2019-20-Q5/a.xlsx", Codes.UnknownPath, "\"2019-20-Q5\" is not a period. Write a quarter as 2019-20-Q1, and a year as 2019-20.")]
    [InlineData("constabulary/domestic-abuse/2019-20/a.xlsx", Codes.PeriodNotDue, "Domestic abuse incidents and crime rate is not reported for 2019-20. It is reported for a quarter, such as 2019-20-Q1, starting with 2019-20-Q1.")]
    [InlineData("constabulary/domestic-abuse/2018-19-Q4/a.xlsx", Codes.PeriodNotDue, "Domestic abuse incidents and crime rate is not reported for 2018-19-Q4. It is reported for a quarter, such as 2019-20-Q1, starting with 2019-20-Q1.")]
    [InlineData("cada/support/2019-20-Q1/a.xlsx", Codes.PeriodNotDue, "Children and young people supported is not reported for 2019-20-Q1. It is reported for a year, such as 2019-20, starting with 2019-20.")]
    [InlineData("constabulary/domestic-abuse/2020-21-Q2/a.xlsx", Codes.PeriodNotStarted, "July to September 2020 has not started yet. Check the period that you sent the file for.")]
    public void A_path_that_names_no_return_is_refused_with_a_clear_message(string path, string code, string message)
    {
        var (form, _, problem) = UploadPath.Resolve(Examine.Catalogue, path, Today);
        Assert.Null(form);
        Assert.Equal((Severity.Error, code, message), (problem!.Severity, problem.Code, problem.Message));
    }

    [Theory]
    [InlineData("constabulary/domestic-abuse/2020-21-Q1/a.xlsx", "2020-04-01")]
    [InlineData("constabulary/domestic-abuse/2019-20-Q4/a.xlsx", "2020-01-01")]
    [InlineData("cada/support/2020-21/a.xlsx", "2020-04-01")]
    public void A_period_is_accepted_from_its_first_day_and_refused_the_day_before(string path, string firstDay)
    {
        var day = DateOnly.ParseExact(firstDay, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.NotNull(UploadPath.Resolve(Examine.Catalogue, path, day).Form);

        var (form, _, problem) = UploadPath.Resolve(Examine.Catalogue, path, day.AddDays(-1));
        Assert.Null(form);
        Assert.Equal(Codes.PeriodNotStarted, problem!.Code);
    }

    [Fact]
    public void A_path_as_long_as_a_blob_name_can_be_is_quoted_in_short()
    {
        var (_, _, problem) = UploadPath.Resolve(Examine.Catalogue, $"{new string('a', 900)}/x/2019-20/a.xlsx", Today);
        Assert.InRange(problem!.Message.Length, 20, 200);
    }
}
