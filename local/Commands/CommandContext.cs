using System.CommandLine;
using System.Globalization;
using DasvPipeline.Local.Output;

namespace DasvPipeline.Local.Commands;

/// <summary>What the definitions of the commands share.</summary>
/// <param name="Terminal">Receives what the command prints.</param>
internal sealed record CommandContext(Terminal Terminal, TimeProvider Clock)
{
    public Option<int> Port { get; } = CreatePort();

    public Option<string> Data { get; } = new("--data") { Description = "The folder of the store.", HelpName = "DIR" };

    public Option<DirectoryInfo> Catalogue { get; } = CatalogueFolder.CreateOption();

    private static Option<int> CreatePort()
    {
        var port = new Option<int>("--port") { Description = "The port of the pages.", DefaultValueFactory = _ => 7071, HelpName = "PORT" };
        AddRange(port, 65_535, "The port must be a number from 1 to 65535.");
        return port;
    }

    /// <summary>Refuses a number that is less than 1 or above the maximum.</summary>
    public static void AddRange(Option<int> option, int maximum, string sentence) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= maximum))
        {
            result.AddError(sentence);
        }
    });
}
