using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Local.Output;

namespace DasvPipeline.Local.Commands;

/// <summary>The commands of the catalogue: check a folder, preview what it would change, make it live, and write the live one to a folder.</summary>
internal sealed class CatalogueCommands(CommandContext context)
{
    private readonly ManagerRequest _request = new(context, usesCatalogue: false);

    public Command Create()
    {
        var command = new Command("catalogue", "Check, preview, apply and export the catalogue: who sends which figures, and what is published.");
        command.Add(Check());
        command.Add(Preview());
        command.Add(Apply());
        command.Add(Export());
        return command;
    }

    private static Argument<DirectoryInfo> Folder(string description) => new("DIR") { Description = description };

    private Command Check()
    {
        var folder = Folder("The folder with the YAML files.");
        var command = new Command("check", "Check the files of a catalogue. Needs no store. Exit code 0: no mistakes, 1: mistakes.") { folder };
        command.SetAction(line =>
        {
            var catalogue = CatalogueFolder.Load(line.GetRequiredValue(folder));
            context.Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The catalogue has no mistakes: {catalogue.Agencies.Count} agencies, {catalogue.Forms.Length} forms, {catalogue.Headlines.Length} headlines."));
            return 0;
        });
        return command;
    }

    private Command Preview()
    {
        var folder = Folder("The folder with the YAML files.");
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of lines." };
        var command = new Command("preview", "Show what a catalogue would change: forms, due dates, checks and published figures. Exit code 0: shown, 1: mistakes.") { folder, json, context.Port, context.Data };
        command.SetAction((line, ct) => PreviewAsync(line, folder, text => Show(text, line.GetValue(json)), ct));
        return command;
    }

    private Command Apply()
    {
        var folder = Folder("The folder with the YAML files.");
        var by = new Option<string>("--by") { Description = "The name of the person who decides.", DefaultValueFactory = _ => Environment.UserName, HelpName = "NAME" };
        var reason = new Option<string>("--reason") { Description = "The reason. It is published with the figures that change.", Required = true, HelpName = "TEXT" };
        var publishAnyway = new Option<bool>("--publish-anyway") { Description = "Publish the small numbers in the reason and in new texts." };
        var command = new Command("apply", "Make a catalogue live. Run preview first. Exit code 0: done, 1: refused.") { folder, by, reason, publishAnyway, context.Port, context.Data };
        command.SetAction(async (line, ct) =>
        {
            CatalogueProposal? proposal = null;
            var code = await PreviewAsync(line, folder, text => proposal = JsonSerializer.Deserialize(text, CatalogueJson.Default.CatalogueProposal), ct);
            return proposal is null ? code : await _request.PostAsync(
                line,
                line.GetValue(by),
                "api/catalogue/apply",
                new JsonObject { ["hash"] = proposal.Hash, ["live"] = proposal.Live, ["reason"] = line.GetValue(reason), ["publishAnyway"] = line.GetValue(publishAnyway) },
                ct);
        });
        return command;
    }

    private Command Export()
    {
        var folder = Folder("The folder to write to. It must be empty or new.");
        var command = new Command("export", "Write the files of the live catalogue to a folder, with the schemas for editors.") { folder, context.Port, context.Data };
        command.SetAction(async (line, ct) =>
        {
            var target = line.GetRequiredValue(folder);
            if (target.Exists && target.EnumerateFileSystemInfos().Any())
            {
                throw new UserException($"The folder {target.FullName} is not empty. Choose another folder.");
            }

            return await _request.GetAsync(
                line,
                "api/catalogue",
                zip =>
                {
                    using var archive = new ZipArchive(new MemoryStream(Convert.FromBase64String(zip)), ZipArchiveMode.Read);
                    archive.ExtractToDirectory(target.FullName);
                    context.Terminal.Output.WriteLine($"The catalogue was written to {target.FullName}.");
                },
                ct);
        });
        return command;
    }

    private Task<int> PreviewAsync(ParseResult line, Argument<DirectoryInfo> folder, Action<string> show, CancellationToken ct)
    {
        var zip = CatalogueArchive.WriteZip(CatalogueFolder.Read(line.GetRequiredValue(folder)));
        return _request.SendAsync(line, by: null, HttpMethod.Post, "api/catalogue/preview", new JsonObject { ["zip"] = Convert.ToBase64String(zip) }, show, ct);
    }

    private void Show(string text, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.Output.WriteLine(text);
            return;
        }

        var effects = JsonSerializer.Deserialize(text, CatalogueJson.Default.CatalogueProposal)!.Effects;
        string[] lines =
        [
            .. effects.Figures.Select(change => string.Create(CultureInfo.InvariantCulture, $"{change.Year} {change.Number}: {(change.What == "changes" ? $"from {Format(change.From)} to {Format(change.To)}" : $"would be {change.What}")}")),
            .. effects.Headlines, .. effects.Due, .. effects.Forms, .. effects.Checks,
            .. effects.Files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {file.Lines.Count} lines differ.")),
        ];
        foreach (var item in lines.DefaultIfEmpty("The catalogue is the same as the live one."))
        {
            context.Terminal.Output.WriteLine(ResponseOutput.RemoveControlCharacters(item));
        }
    }

    private static string Format(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "no figure";
}
