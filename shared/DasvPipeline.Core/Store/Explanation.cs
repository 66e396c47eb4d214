using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

/// <summary>Why something that was queried is right all the same. Kept with the return; the same question is not asked again.</summary>
/// <param name="Question">What it answers: <see cref="Finding.Question"/>.</param>
/// <param name="Code">Of the finding, so that the row can be read by itself.</param>
/// <param name="Figure">The figure it is about; null where it is about none or several.</param>
/// <param name="By">The name that whoever gave it is signed in with; null where it stood in the notes of a file.</param>
/// <param name="Version">The version whose notes held it; 0 where a person gave it.</param>
public sealed record Explanation(string Question, string Code, FigureKey? Figure, string Text, string? By, int Version)
{
    /// <summary>What is kept of a text; a file with a longer one is kept whole.</summary>
    public const int Longest = 500;

    /// <summary>Notes of a later version say it anew; what a person explained, and what later notes said, stays.</summary>
    public bool YieldsTo(int version) => Version > 0 && Version < version;
}
