namespace DasvPipeline.Core.Ports;

/// <summary>Finds settings that are missing or invalid. Only the part that needs a setting stops without it.</summary>
public interface ISettingCheck
{
    IEnumerable<SettingProblem> FindProblems();
}

/// <param name="Setting">The name of the setting, such as <c>SweepSchedule</c>.</param>
/// <param name="Sentence">Says what is wrong and what to write. It never repeats a value that may hold a key.</param>
public sealed record SettingProblem(string Setting, string Sentence);
