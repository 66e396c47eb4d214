using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace DasvPipeline.Local.Commands;

/// <summary>Adds examples to the help of each command that has some.</summary>
internal sealed class HelpExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private const string Start = "dotnet run --project local --";

    /// <summary>The examples by the names of the command, without the first.</summary>
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] = ["", "--once --out public", "--inbox returns --port 7080", "--once --quiet --out public", "doctor"],
        ["check"] = ["check \"DA stats Q1.xlsx\" --return constabulary/domestic-abuse --period 2019-20-Q1"],
        ["template"] = ["template constabulary/domestic-abuse 2019-20-Q1 form.xlsx"],
        ["preview"] = ["preview"],
        ["explain"] = ["explain idva-referrals 2019-20"],
        ["report"] = ["report 2019-20 --out report"],
        ["sign-off"] = ["sign-off 2019-20 --reason \"Two returns are missing.\" --dry-run"],
        ["re-open"] = ["re-open 2019-20 --reason \"A return was corrected.\""],
        ["hold"] = ["hold --reason \"We check a figure.\""],
        ["withdraw"] = ["withdraw idva-service/marac 2019-20-Q1 --reason \"It was the wrong file.\""],
        ["nil-return"] = ["nil-return idva-service/marac 2019-20-Q1"],
        ["late"] = ["late idva-service/marac 2019-20-Q1 --day 2019-08-15 --reason \"Staff are away.\""],
        ["restore"] = ["restore 2026-12-01"],
        ["catalogue check"] = ["catalogue check catalogue"],
        ["catalogue preview"] = ["catalogue preview my-catalogue"],
        ["catalogue apply"] = ["catalogue apply my-catalogue --reason \"A new agency joins.\""],
        ["catalogue export"] = ["catalogue export my-catalogue"],
    };

    /// <summary>Every example, as it is shown.</summary>
    internal static IEnumerable<string> All => Examples.Values.SelectMany(lines => lines);

    /// <summary>Adds the examples to the help of a command and of its subcommands.</summary>
    /// <param name="width">The width of the help; null for the width of the window.</param>
    public static void AddTo(RootCommand root, int? width)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var help = (HelpAction)option.Action!;
        help.MaxWidth = width ?? help.MaxWidth;
        option.Action = new HelpExamples(help);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var names = new List<string>();
        for (SymbolResult? command = parseResult.CommandResult; command is CommandResult { Command: not RootCommand } own; command = own.Parent)
        {
            names.Insert(0, own.Command.Name);
        }

        if (Examples.TryGetValue(string.Join(' ', names), out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {(example.Length == 0 ? Start[..^3] : $"{Start} {example}")}");
            }

            output.WriteLine();
        }

        return code;
    }
}
