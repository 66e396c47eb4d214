using System.Globalization;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>The texts of audited events, for the history of a return and for the audit of everything.</summary>
public static class AuditText
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["sent"] = "File sent",
        ["sent-for-agency"] = "File sent by the manager for an agency",
        ["link-granted"] = "Upload link given",
        ["nil-stated"] = "Nothing to report stated",
        ["figures-saved"] = "Figures saved on the page",
        ["figures-discarded"] = "Saved figures deleted",
        ["reminded"] = "Agency reminded",
        ["late-stated"] = "Late return announced",
        ["late-undone"] = "Late return undone",
        ["extended"] = "Due date extended",
        ["extension-undone"] = "Extension undone",
        ["waived"] = "Return waived",
        ["waiver-undone"] = "Waiver undone",
        ["accepted"] = "Accepted",
        ["accepted-with-queries"] = "Accepted with queries",
        ["explained"] = "Accepted and explained",
        ["rejected"] = "Rejected",
        ["withdrawn"] = "Version withdrawn",
        ["chosen"] = "Version chosen",
        ["explanation-given"] = "Query or disagreement explained",
        ["deletion-asked"] = "Deletion of a file asked for",
        ["deleted"] = "File deleted",
        ["unplaced"] = "File in no return’s folder",
        ["signed-off"] = "Year signed off",
        ["re-opened"] = "Year re-opened",
        ["held"] = "Publishing put on hold",
        ["hold-released"] = "Hold released",
        ["release-approved"] = "Release approved",
        ["approval-withdrawn"] = "Approval withdrawn",
        ["publish-asked"] = "Publishing asked for",
        ["released"] = "Release published",
        ["taken-down"] = "Release taken down",
        ["catalogue-approved"] = "Catalogue changed",
        ["access-requested"] = "Access asked for",
        ["access-granted"] = "Access given",
        ["access-refused"] = "Access refused",
        ["access-ended"] = "Access ended",
        ["messages-stopped"] = "Messages stopped",
        ["messages-wanted"] = "Messages wanted again",
    };

    /// <summary>The names of all events with a text.</summary>
    public static IReadOnlyCollection<string> Names => Labels.Keys;

    /// <summary>Returns the label of an event. An event of a later version of the software has its name.</summary>
    public static string GetLabel(string name) => Labels.GetValueOrDefault(name, name);

    /// <summary>Says in a sentence what happened to a return.</summary>
    public static string Describe(AuditEvent item) => item.Name switch
    {
        "sent" => $"{item.By} sent a file.",
        "sent-for-agency" => $"{item.By} sent a file for the agency, as the manager.",
        "link-granted" => $"{item.By} got an upload link.",
        "nil-stated" => $"{item.By} stated that there was nothing to report.",
        "figures-saved" => $"{item.By} saved figures on the page, and did not send them.",
        "figures-discarded" => $"{item.By} deleted figures that were saved and not sent.",
        "reminded" => $"{item.By} reminded the agency of this return.",
        "late-stated" => $"{item.By} said that it will come on {item.Day}: “{item.Text}”",
        "late-undone" => $"{item.By} said that it will not be late.",
        "extended" => $"{item.By} extended the due date to {item.Day}: “{item.Text}”",
        "extension-undone" => $"{item.By} undid the extension of the due date.",
        "waived" => $"{item.By} waived this return: “{item.Text}”",
        "waiver-undone" => $"{item.By} asked for this return again.",
        "accepted" => Version(item, "was accepted."),
        "accepted-with-queries" => Version(item, "was accepted with queries."),
        "explained" => Version(item, "was accepted. All its queries are explained."),
        "rejected" => Version(item, "was rejected."),
        "withdrawn" => Version(item, item.By is null ? "was withdrawn, because its file was deleted." : $"was withdrawn by {item.By}: “{item.Text}”"),
        "deletion-asked" => Version(item, $"is to be deleted. {item.By} asked for it."),
        "deleted" => Version(item, $"was deleted by {item.By}. {item.Text}"),
        "chosen" => FormattableString.Invariant($"{item.By} chose version {item.Version}: “{item.Text}”"),
        "explanation-given" => $"{item.By ?? "A note in the file"} explained a {(item is AuditRecord { Year: not null } ? "disagreement" : "query")}: “{item.Text}”",
        _ => DescribeOther(item),
    };

    /// <summary>Says what happened apart from returns: to releases, years, the catalogue, access and messages.</summary>
    private static string DescribeOther(AuditEvent item)
    {
        var record = item as AuditRecord;
        return item.Name switch
        {
            "unplaced" => "A file came whose folder names no return. We keep its report.",
            "signed-off" => $"{item.By} signed off {record?.Year?.Label}.{Quote(item)}",
            "re-opened" => $"{item.By} re-opened {record?.Year?.Label}.{Quote(item)}",
            "held" => $"{item.By} put publishing on hold.{Quote(item)}",
            "hold-released" => $"{item.By} released the hold.",
            "release-approved" => $"{item.By} approved the next release.{Quote(item)}",
            "approval-withdrawn" => $"{item.By ?? "The pipeline"} withdrew the approval of the next release.{Quote(item)}",
            "publish-asked" => $"{item.By} asked to publish at once.{Quote(item)}",
            "released" => string.Create(CultureInfo.InvariantCulture, $"Release {record?.Release} was published."),
            "taken-down" => string.Create(CultureInfo.InvariantCulture, $"{item.By} took release {record?.Release} down.{Quote(item)}"),
            "catalogue-approved" => string.Create(CultureInfo.InvariantCulture, $"{item.By} made version {record?.CatalogueVersion} of the catalogue live.{Quote(item)}"),
            "access-requested" => $"{item.By} asked for access.",
            "access-granted" => $"{item.By} gave {record?.Account?.Name} access: {(item.Text == nameof(MemberRole.Reader) ? "read only" : "send and read")}.",
            "access-refused" => $"{item.By} refused access to {record?.Account?.Name}.",
            "access-ended" => $"{item.By} ended the access of {record?.Account?.Name}.",
            "messages-stopped" => $"{item.By} stopped the messages to {record?.Account?.Name}.",
            "messages-wanted" => $"{item.By} asked for messages to {record?.Account?.Name} again.",
            var other => $"{item.By ?? "The pipeline"}: {other}.{Quote(item)}",
        };
    }

    private static string Quote(AuditEvent item) => string.IsNullOrEmpty(item.Text) ? string.Empty : $" “{item.Text}”";

    private static string Version(AuditEvent item, string became) => FormattableString.Invariant($"Version {item.Version} {became}");
}
