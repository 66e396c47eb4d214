using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Routing;

public sealed class UploadPathTests
{
    private static readonly DateOnly Today = new(2020, 5, 1);

    [Theory]
    [InlineData("constabulary/domestic-abuse/2019-20-Q1/DA stats Q1.xlsx", "constabulary/domestic-abuse/2019-20-Q1")]
    [InlineData("cada/support/2019-20/..xlsx", "cada/support/2019-20")]
    [InlineData("constabulary/domestic-abuse/2019-20-Q4/<script>.csv", "constabulary/domestic-abuse/2019-20-Q4")]
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
    [InlineData("constabulary/domestic-abuse/2019-20/a.xlsx", Codes.PeriodNotDue, "Domestic abuse incidents and crime rate is not reported for 2019-20. Choose a quarter, such as 2019-20-Q1. The first is 2019-20-Q1.")]
    [InlineData("constabulary/domestic-abuse/2018-19-Q4/a.xlsx", Codes.PeriodNotDue, "Domestic abuse incidents and crime rate is not reported for 2018-19-Q4. Choose a quarter, such as 2019-20-Q1. The first is 2019-20-Q1.")]
    [InlineData("cada/support/2019-20-Q1/a.xlsx", Codes.PeriodNotDue, "Children and young people supported is not reported for 2019-20-Q1. Choose a year, such as 2019-20. The first is 2019-20.")]
    [InlineData("constabulary/domestic-abuse/2020-21-Q2/a.xlsx", Codes.PeriodNotStarted, "July to September 2020 has not started yet. Check the period that you sent the file for. You can send its figures from 30 September 2020.")]
    [InlineData("constabulary/domestic-abuse/2020-21-Q1/a.xlsx", Codes.PeriodNotEnded, "April to June 2020 has not ended yet. You can send its figures from 30 June 2020.")]
    [InlineData("cada/support/2020-21/a.xlsx", Codes.PeriodNotEnded, "April 2020 to March 2021 has not ended yet. You can send its figures from 31 March 2021.")]
    public void A_path_that_names_no_return_is_refused_with_a_clear_message(string path, string code, string message)
    {
        var (form, _, problem) = UploadPath.Resolve(Examine.Catalogue, path, Today);
        Assert.Null(form);
        Assert.Equal((Severity.Error, code, message), (problem!.Severity, problem.Code, problem.Message));
    }

    [Theory]
    [InlineData("constabulary/domestic-abuse/2020-21-Q1", "2020-04-01", "2020-06-30")]
    [InlineData("constabulary/domestic-abuse/2019-20-Q4", "2020-01-01", "2020-03-31")]
    [InlineData("cada/support/2020-21", "2020-04-01", "2021-03-31")]
    public void A_file_can_be_sent_from_the_last_day_of_its_period(string key, string first, string last)
    {
        var (firstDay, lastDay) = (DateOnly.Parse(first, CultureInfo.InvariantCulture), DateOnly.Parse(last, CultureInfo.InvariantCulture));

        Assert.Equal(Codes.PeriodNotStarted, Refuse(firstDay.AddDays(-1)));
        Assert.Equal(Codes.PeriodNotEnded, Refuse(firstDay));
        Assert.Equal(Codes.PeriodNotEnded, Refuse(lastDay.AddDays(-1)));
        foreach (var day in new[] { lastDay, lastDay.AddDays(1) })
        {
            var accepted = UploadPath.Resolve(Examine.Catalogue, $"{key}/a.xlsx", day);
            Assert.True(accepted is { Form: not null, Problem: null, CanBeSentFrom: null });
        }

        string Refuse(DateOnly today)
        {
            var resolved = UploadPath.Resolve(Examine.Catalogue, $"{key}/a.xlsx", today);
            Assert.Equal((null, key, lastDay), (resolved.Form, resolved.Key.ToString(), resolved.CanBeSentFrom));
            return resolved.Problem!.Code;
        }
    }

    [Fact]
    public void Without_a_day_a_path_names_a_return_whose_period_has_not_ended() =>
        Assert.NotNull(UploadPath.Resolve(Examine.Catalogue, "constabulary/domestic-abuse/2031-32-Q1/a.xlsx").Form);

    [Fact]
    public void A_path_as_long_as_a_blob_name_can_be_is_quoted_in_short()
    {
        var (_, _, problem) = UploadPath.Resolve(Examine.Catalogue, $"{new string('a', 900)}/x/2019-20/a.xlsx", Today);
        Assert.InRange(problem!.Message.Length, 20, 200);
    }
}
