using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Receive;

/// <summary>
/// What a form says about itself on its first sheet. It can contradict the path it is uploaded to, never replace it:
/// the path alone says whose return a file is.
/// </summary>
public static class FormIdentity
{
    public const string SheetName = "About";
    public const string ReturnLabel = "Return";
    public const string PeriodLabel = "Period";
    public const string VersionLabel = "Form version";

    /// <summary>The error when a form says that it is another one; null when it fits.</summary>
    public static Finding? Check(Form form, Period period, string? saidReturn, string? saidPeriod, CellRef at)
    {
        var isOtherReturn = saidReturn is not null && saidReturn != form.Return.ToString();
        var isOtherPeriod = saidPeriod is not null && saidPeriod != period.ToString();
        return isOtherReturn || isOtherPeriod
            ? Finding.Error(
                Codes.WrongForm,
                at,
                $"This is the form for {saidReturn ?? form.Return.ToString()}, {saidPeriod ?? period.ToString()}, but it was sent as {form.Return}, {period}. "
                + $"Send it to its own place, or download the form for {form.Return}, {period} and fill in that one.")
            : null;
    }
}
