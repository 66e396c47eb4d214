using DasvPipeline.Core.Oversight;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The answers to the queries on a page.</summary>
/// <param name="Texts">The text for each question, as it was entered.</param>
/// <param name="Problems">What is wrong with a text; empty if nothing is.</param>
public sealed record Answers(IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, string> Problems)
{
    public static readonly Answers None = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>The start of the name of each answer's field. The question's id follows.</summary>
    private const string Prefix = "answer-";

    public static string GetField(string question) => Prefix + question;

    /// <summary>Returns answers that were not saved, with what is wrong with each. If none has words, the first is asked for.</summary>
    /// <param name="message">The message if none has words.</param>
    internal static Answers Refuse(IReadOnlyDictionary<string, string> texts, string message) =>
        new(texts, ExplainQuery.CheckAnswers(texts) is { Count: > 0 } problems ? problems : new Dictionary<string, string>(StringComparer.Ordinal) { [texts.Keys.First()] = message });

    /// <summary>Reads the answers of a form.</summary>
    internal static IReadOnlyDictionary<string, string> Read(IFormCollection form) => form
        .Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(field => field.Key[Prefix.Length..], field => field.Value.ToString(), StringComparer.Ordinal);
}
