using System.CommandLine;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Local.Commands;

/// <summary>The manager's decisions on years and releases.</summary>
internal sealed class DecisionCommands(CommandContext context)
{
    private readonly ManagerRequest _request = new(context);

    public IEnumerable<Command> All =>
    [
        Decision(
            "sign-off", "Sign off a year: its current figures become final.",
            ManagerOptions.CreateYear(), ManagerOptions.CreateReason("Why the figures are revised, or final although something is missing.", isRequired: false), ManagerOptions.CreatePublishAnyway(), ManagerOptions.CreateDryRun()),
        Decision(
            "re-open", "Re-open a year. Its final figures stay published, under review, until you sign it off again.",
            ManagerOptions.CreateYear(), ManagerOptions.CreateReason("The reason.", isRequired: true), ManagerOptions.CreatePublishAnyway(), ManagerOptions.CreateDryRun()),
        Decision(
            "approve", "Approve the next announced release.",
            note: new Option<string>("--note") { Description = "A note for readers.", HelpName = "TEXT" }, publishAnyway: ManagerOptions.CreatePublishAnyway(), dryRun: ManagerOptions.CreateDryRun()),
        Decision("withdraw-approval", "Withdraw the approval of the next release."),
        Decision("hold", "Hold publishing until the hold is released.", reason: ManagerOptions.CreateReason("The reason.", isRequired: true)),
        Decision("release-hold", "Release the hold, so that changes are published again."),
        Decision(
            "publish", "Publish the changes now. If releases are announced: those of one year, with a reason.",
            ManagerOptions.CreateYear(isOptional: true), ManagerOptions.CreateReason("The reason of a correction before the next release. It is published.", isRequired: false), ManagerOptions.CreatePublishAnyway(), ManagerOptions.CreateDryRun()),
        TakeDown(),
    ];

    private Command Decision(
        string name, string description, Argument<Period>? year = null, Option<string>? reason = null, Option<bool>? publishAnyway = null, Option<bool>? dryRun = null, Option<string>? note = null)
    {
        var by = ManagerOptions.CreateBy();
        var command = new Command(name, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { by, context.Port, context.Data };
        if (year is not null)
        {
            command.Add(year);
        }

        foreach (var option in new Option?[] { reason, note, publishAnyway, dryRun }.OfType<Option>())
        {
            command.Add(option);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject();
            if (publishAnyway is not null && line.GetValue(publishAnyway))
            {
                body["publishAnyway"] = true;
            }

            if (dryRun is not null && line.GetValue(dryRun))
            {
                body["dryRun"] = true;
            }

            if (note is not null)
            {
                body["note"] = ManagerOptions.Shorten(line.GetValue(note));
            }

            if (year is not null && line.GetValue(year) is var given && given != default)
            {
                body["year"] = given.ToString();
            }

            if (reason is not null)
            {
                body["reason"] = ManagerOptions.Shorten(line.GetValue(reason));
            }

            return _request.PostAsync(line, line.GetValue(by), $"api/{name}", body, ct);
        });
        return command;
    }

    private Command TakeDown()
    {
        var release = new Argument<int>("RELEASE") { Description = "The number of the release." };
        var (by, reason) = (ManagerOptions.CreateBy(), ManagerOptions.CreateReason("The reason, which is published.", isRequired: true));
        var (anyway, dryRun) = (ManagerOptions.CreatePublishAnyway(), ManagerOptions.CreateDryRun());
        var command = new Command("take-down", "Remove a published release. The history keeps its number, and says that it was taken down. Exit code 0: done, 1: refused, 2: bad usage.")
        {
            release, reason, anyway, dryRun, by, context.Port, context.Data,
        };
        command.SetAction((line, ct) => _request.PostAsync(
            line,
            line.GetValue(by),
            "api/take-down",
            new JsonObject
            {
                ["release"] = line.GetValue(release),
                ["reason"] = ManagerOptions.Shorten(line.GetValue(reason)),
                ["publishAnyway"] = line.GetValue(anyway),
                ["dryRun"] = line.GetValue(dryRun),
            },
            ct));
        return command;
    }
}
