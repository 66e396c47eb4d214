using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The occasion of a message. Each has a template.</summary>
public enum MessageKind
{
    /// <summary>The receipt of an accepted file.</summary>
    Accepted,

    /// <summary>The receipt of an accepted file with queries.</summary>
    Queries,

    /// <summary>The receipt of a rejected file.</summary>
    Rejected,

    /// <summary>Returns that are due soon or today.</summary>
    Reminder,

    /// <summary>Returns that are overdue.</summary>
    Overdue,

    /// <summary>To the manager: returns that have been overdue for long.</summary>
    Escalation,

    /// <summary>To the manager: a file with personal data was refused, and must be deleted.</summary>
    PersonalData,

    /// <summary>To the manager: returns whose files are not processed.</summary>
    Stuck,

    /// <summary>To the manager: a release is announced for one of the next days.</summary>
    ReleaseDue,

    /// <summary>To the manager: a release is published.</summary>
    Released,
}

/// <summary>The subject and the text of a message. Words in braces are replaced: {agency}, {return}, {period}, {returns}, {release}, {page}, {contact} and {partnership}.</summary>
public sealed record MessageTemplate(string Subject, string Body)
{
    /// <summary>The words that are replaced.</summary>
    internal static readonly string[] Words = ["agency", "return", "period", "returns", "release", "page", "contact", "partnership"];
}

/// <summary>When messages are sent, and their texts.</summary>
/// <param name="RemindDaysBefore">The number of days before a due date on which the first reminder is sent. The next is sent on the due date.</param>
/// <param name="RemindEveryDays">The number of days between reminders of an overdue return.</param>
/// <param name="EscalateAfterDays">The number of days after a due date on which the manager gets a message.</param>
/// <param name="Manager">The e-mail address of the manager's team; null for no messages to the manager.</param>
public sealed record MessageTemplates(int RemindDaysBefore, int RemindEveryDays, int EscalateAfterDays, string? Manager, FrozenDictionary<MessageKind, MessageTemplate> Templates)
{
    /// <summary>A catalogue without a file for messages sends none.</summary>
    public static readonly MessageTemplates None = new(5, 7, 14, null, FrozenDictionary<MessageKind, MessageTemplate>.Empty);
}

/// <summary>Reads when messages are sent, and their texts.</summary>
internal sealed partial class MessageReader(Mistakes mistakes)
{
    public MessageTemplates Read(YamlMap map)
    {
        var defaults = MessageTemplates.None;
        var templates = new Dictionary<MessageKind, MessageTemplate>();
        foreach (var item in map.Maps("templates"))
        {
            var kind = item.Choice(
                "for", MessageKind.Accepted, ("accepted", MessageKind.Accepted), ("queries", MessageKind.Queries), ("rejected", MessageKind.Rejected), ("reminder", MessageKind.Reminder),
                ("overdue", MessageKind.Overdue), ("escalation", MessageKind.Escalation), ("personal-data", MessageKind.PersonalData),
                ("stuck", MessageKind.Stuck), ("release-due", MessageKind.ReleaseDue), ("released", MessageKind.Released));
            if (!templates.TryAdd(kind, new MessageTemplate(ReadText(item, "subject"), ReadText(item, "body"))))
            {
                mistakes.Add(item.Location, "there are 2 templates for the same occasion.");
            }
        }

        return new MessageTemplates(
            map.WholeNumber("remindDaysBefore", defaults.RemindDaysBefore),
            Math.Max(1, map.WholeNumber("remindEveryDays", defaults.RemindEveryDays)),
            map.WholeNumber("escalateAfterDays", defaults.EscalateAfterDays),
            map.OptionalText("managerAt"),
            templates.ToFrozenDictionary());
    }

    private string ReadText(YamlMap map, string key)
    {
        var text = map.Text(key);
        foreach (var word in Placeholder().Matches(text).Select(match => match.Groups[1].Value).Except(MessageTemplate.Words))
        {
            mistakes.Add(map.LocationOf(key), $"'{{{word}}}' is not a word that is replaced. The words are {string.Join(", ", MessageTemplate.Words.Select(known => $"{{{known}}}"))}.");
        }

        return text;
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();
}
