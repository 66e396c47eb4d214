using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee;

/// <summary>The text that asks an agency for what it owes. To whom it is sent is not known here: there is no address in it.</summary>
/// <param name="Body">Plain text, its lines ended by line feeds.</param>
public sealed record ChaseEmail(string Subject, string Body)
{
    internal static ChaseEmail To(PartnershipCatalogue catalogue, AgencyId agency, IReadOnlyList<ChasedReturn> returns, Uri page)
    {
        var body = new StringBuilder();
        Say(body, $"Hello {catalogue.NameOf(agency)},");
        Say(body, $"Thank you for the figures you send to the {catalogue.Publisher.Name}. This is where they stand.");
        List(body, "These are overdue:", returns.Where(owed => owed is { State: BoardStates.Due or BoardStates.Overdue, DaysOver: > 0 }), When);
        List(body, "We could not accept these files. Your page says what to change in each; please correct the file and send it again:",
            returns.Where(owed => owed.State == BoardStates.Rejected), owed => When(owed) + (owed.IsLive ? " The version we accepted before still counts." : string.Empty));
        List(body, "These files were taken away, and nothing counts in their place. Please send them again:", returns.Where(owed => owed.State == BoardStates.Withdrawn), When);
        List(body, "These are due:", returns.Where(owed => owed is { State: BoardStates.Due or BoardStates.Overdue, DaysOver: 0 }), When);
        List(body, "These are accepted, and we have questions about them. Please correct the figures or tell us why they are right:",
            returns.Where(owed => owed.IsIn), owed => $"There {(owed.Queries == 1 ? "is" : "are")} {Plural.Of(owed.Queries, "question")} to answer.");
        Say(body, $"Your forms, and the place to send them: {page.AbsoluteUri}");
        Say(body, "If you have sent them since this was written, or cannot send them yet, please tell us.");
        body.AppendJoin('\n', new[] { "Thank you", catalogue.Help.Contact, catalogue.Help.ContactAt, catalogue.Publisher.Name }.OfType<string>()).Append('\n');
        return new ChaseEmail(SubjectOf(returns), body.ToString());
    }

    private static string SubjectOf(IReadOnlyList<ChasedReturn> returns)
    {
        var (owed, asked) = (returns.Count(item => !item.IsIn), returns.Where(item => item.IsIn).Sum(item => item.Queries));
        var parts = new[] { owed == 0 ? null : $"{Plural.Of(owed, "return")} to send", asked == 0 ? null : $"{Plural.Of(asked, "question")} to answer" };
        return $"Your figures for the partnership: {string.Join(", ", parts.OfType<string>())}";
    }

    private static void Say(StringBuilder body, string paragraph) => body.Append(paragraph).Append("\n\n");

    private static void List(StringBuilder body, string heading, IEnumerable<ChasedReturn> returns, Func<ChasedReturn, string> more)
    {
        var lines = returns.Select(owed => $"- {owed.Title}, {owed.PeriodLabel}. {more(owed)}").ToList();
        if (lines.Count > 0)
        {
            Say(body, string.Join('\n', lines.Prepend(heading)));
        }
    }

    private static string When(ChasedReturn owed)
    {
        var due = owed.Due.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return owed switch
        {
            { DaysOver: > 0 } => $"It was due on {due}, {Plural.Of(owed.DaysOver, "day")} ago ({Plural.Of(owed.WorkingDaysOver, "working day")}).",
            { DaysLeft: 0 } => "It is due today.",
            { DaysLeft: 1 } => "It is due tomorrow.",
            _ => $"It is due on {due}, in {Plural.Of(owed.DaysLeft, "day")}.",
        };
    }
}
