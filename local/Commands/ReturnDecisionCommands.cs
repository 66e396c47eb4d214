using System.CommandLine;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Local.Commands;

/// <summary>The manager's decisions on one return: its versions, and what was agreed about it.</summary>
internal sealed class ReturnDecisionCommands(CommandContext context)
{
    private readonly ManagerRequest _request = new(context);

    public IEnumerable<Command> All =>
    [
        VersionDecision("withdraw", "Withdraw the figures of a return. No earlier version replaces them.", ManagerOptions.CreateReason("The reason.", isRequired: true)),
        VersionDecision("choose-version", "Use an earlier version of a return again.", ManagerOptions.CreateReason("The reason.", isRequired: true), CreateVersion()),
        VersionDecision("delete", "Delete the file of a version, with all its copies. This cannot be undone.", reason: null, CreateVersion()),
        VersionDecision("nil-return", "State that there was nothing to report: every count is 0.", reason: null),
        Arrangement("late", "Say that a return will be late, and when it will come.", hasDay: true),
        Arrangement("extension", "Give a return a later due date.", hasDay: true),
        Arrangement("waiver", "Waive a return: it is not asked for.", hasDay: false),
    ];

    private Command VersionDecision(string name, string description, Option<string>? reason, Argument<int>? version = null)
    {
        var (id, period, by) = (CreateId(), CreatePeriod(), ManagerOptions.CreateBy());
        var command = new Command(name, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { id, period };
        if (version is not null)
        {
            command.Add(version);
        }

        foreach (var option in new Option?[] { reason, by, context.Port, context.Data }.OfType<Option>())
        {
            command.Add(option);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject { ["return"] = line.GetValue(id), ["period"] = line.GetValue(period).ToString() };
            if (reason is not null)
            {
                body["reason"] = ManagerOptions.Shorten(line.GetValue(reason));
            }

            if (version is not null)
            {
                body["version"] = line.GetValue(version);
            }

            return _request.PostAsync(line, line.GetValue(by), $"api/{name}", body, ct);
        });
        return command;
    }

    private Command Arrangement(string kind, string description, bool hasDay)
    {
        var (id, period, by) = (CreateId(), CreatePeriod(), ManagerOptions.CreateBy());
        var (reason, undo) = (ManagerOptions.CreateReason("The reason. It is not published.", isRequired: false), new Option<bool>("--undo") { Description = "Undo it." });
        var day = new Option<string>("--day") { Description = "The day, e.g. 2019-08-15.", HelpName = "DAY" };
        var command = new Command(kind, $"{description} Exit code 0: done, 1: refused, 2: bad usage.") { id, period, reason, undo, by, context.Port, context.Data };
        if (hasDay)
        {
            command.Add(day);
        }

        command.SetAction((line, ct) =>
        {
            var body = new JsonObject
            {
                ["return"] = line.GetValue(id),
                ["period"] = line.GetValue(period).ToString(),
                ["kind"] = kind,
                ["reason"] = ManagerOptions.Shorten(line.GetValue(reason)),
                ["undo"] = line.GetValue(undo),
            };
            if (hasDay && line.GetValue(day) is { } given)
            {
                body["day"] = given;
            }

            return _request.PostAsync(line, line.GetValue(by), "api/arrange", body, ct);
        });
        return command;
    }

    private static Argument<string> CreateId() => new("A/R") { Description = "The return, for example constabulary/domestic-abuse." };

    private static Argument<Period> CreatePeriod() => ManagerOptions.CreatePeriod("P", "The period, e.g. 2019-20-Q1.");

    private static Argument<int> CreateVersion() => new("VERSION") { Description = "The number of the version." };
}
