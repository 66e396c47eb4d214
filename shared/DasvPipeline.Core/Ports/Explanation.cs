using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ports;

/// <summary>Explains why a queried figure is correct. It is kept with the return, and the same question is not asked again.</summary>
/// <param name="Question">The question that it answers: <see cref="Finding.QuestionId"/>.</param>
/// <param name="Code">The code of the finding, so that the row can be understood on its own.</param>
/// <param name="Figure">The figure that it concerns; null if it concerns none or several.</param>
/// <param name="By">The person who gave it; null if it comes from the notes of a file.</param>
/// <param name="Version">The version whose notes contained it; 0 if a person gave it.</param>
public sealed record Explanation(string Question, string Code, FigureKey? Figure, string Text, Person? By, int Version)
{
    /// <summary>The maximum length of a stored text. The uploaded file keeps longer ones in full.</summary>
    public const int MaxLength = 500;

    /// <summary>
    /// Returns true if the notes of a later version replace it. Explanations by a person, and by later notes, stay.
    /// </summary>
    public bool IsReplacedBy(int version) => Version > 0 && Version < version;
}
