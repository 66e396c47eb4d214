using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;

namespace DasvPipeline.Portal.Returns;

/// <summary>An explanation that was not saved.</summary>
/// <param name="Question">The question that it was sent for.</param>
/// <param name="Text">The text that was entered.</param>
/// <param name="Message">The message that says what is wrong with the text; null if there was no text.</param>
public sealed record RefusedExplanation(string Question, string Text, string? Message)
{
    public static RefusedExplanation Create(string question, string text, Outcome outcome) =>
        new(question, text, FreeText.HasWords(text) ? outcome.Message : null);
}
