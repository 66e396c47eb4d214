using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;

namespace DasvPipeline.Core.Oversight.Reminders;

/// <summary>An email that reminds an agency of its returns and questions. It contains no recipient address.</summary>
/// <param name="Body">Plain text with line feeds.</param>
public sealed record ChaseEmail(string Subject, string Body)
{
    internal static ChaseEmail Create(PartnershipCatalogue catalogue, AgencyId agency, IReadOnlyList<ChasedReturn> returns, Uri page)
    {
        var body = new StringBuilder();
        AddParagraph(body, $"Hello {catalogue.GetAgencyName(agency)},");
        AddParagraph(body, $"Thank you for the figures you send to the {catalogue.Publisher.Name}. This is what we still need from you.");
        AddList(body, "These returns are overdue:", returns.Where(item => item is { State: BoardStates.Due or BoardStates.Overdue, DaysOver: > 0, Expected: null }), DueText);
        AddList(body, "We could not accept these files. Your page lists what to change. Please correct each file and send it again:",
            returns.Where(item => item.State == BoardStates.Rejected), item => DueText(item) + (item.IsLive ? " We still use the version we accepted before." : string.Empty));
        AddList(body, "These files were withdrawn, and we have no figures in their place. Please send them again:", returns.Where(item => item.State == BoardStates.Withdrawn), DueText);
        AddList(body, "These returns are due:", returns.Where(item => item is { State: BoardStates.Due or BoardStates.Overdue, DaysOver: 0, Expected: null }), DueText);
        AddList(body, "You said that these returns will come later:", returns.Where(item => item is { State: BoardStates.Due or BoardStates.Overdue, Expected: not null }),
            item => $"We expect it on {item.Expected!.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.");
        AddList(body, "We accepted these returns, but have questions about them. Please correct the figures or tell us why they are right:",
            returns.Where(item => item.IsIn), item => $"There {(item.Queries == 1 ? "is" : "are")} {Plural.Format(item.Queries, "question")} to answer.");
        AddParagraph(body, $"Get your forms and send your returns: {page.AbsoluteUri}");
        AddParagraph(body, "If you have already sent them, or cannot send them yet, please tell us.");
        body.AppendJoin('\n', new[] { "Thank you", catalogue.Help.Contact, catalogue.Help.ContactAddress, catalogue.Publisher.Name }.OfType<string>()).Append('\n');
        return new ChaseEmail(SubjectOf(returns), body.ToString());
    }

    private static string SubjectOf(IReadOnlyList<ChasedReturn> returns)
    {
        var (due, questions) = (returns.Count(item => !item.IsIn), returns.Where(item => item.IsIn).Sum(item => item.Queries));
        var parts = new[] { due == 0 ? null : $"{Plural.Format(due, "return")} to send", questions == 0 ? null : $"{Plural.Format(questions, "question")} to answer" };
        return $"Your figures for the partnership: {string.Join(", ", parts.OfType<string>())}";
    }

    private static void AddParagraph(StringBuilder body, string paragraph) => body.Append(paragraph).Append("\n\n");

    private static void AddList(StringBuilder body, string heading, IEnumerable<ChasedReturn> returns, Func<ChasedReturn, string> getDetails)
    {
        var lines = returns.Select(item => $"- {item.Title}, {item.PeriodLabel}. {getDetails(item)}").ToList();
        if (lines.Count > 0)
        {
            AddParagraph(body, string.Join('\n', lines.Prepend(heading)));
        }
    }

    private static string DueText(ChasedReturn item)
    {
        var due = item.Due.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return item switch
        {
            { DaysOver: > 0 } => $"It was due on {due}, {Plural.Format(item.DaysOver, "day")} ago ({Plural.Format(item.WorkingDaysOver, "working day")}).",
            { DaysLeft: 0 } => "It is due today.",
            { DaysLeft: 1 } => "It is due tomorrow.",
            _ => $"It is due on {due}, in {Plural.Format(item.DaysLeft, "day")}.",
        };
    }
}
