using System.Diagnostics;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The compiled code of the store's modules (modules.cjs) makes a start faster. A file of it that is old or damaged changes nothing else.</summary>
public sealed class CompiledModuleTests
{
    private const string Program = """
        const modules = require(process.argv[2]).use(__dirname);
        console.log(`${modules.count} kept, value ${require('answer').value}`);
        modules.write();
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_start_uses_what_the_first_compiled()
    {
        using var folder = await CreateAsync();
        Assert.Equal(["0 kept, value 1", "2 kept, value 1"], [await RunAsync(folder), await RunAsync(folder)]);
    }

    [Fact]
    public async Task A_module_that_has_changed_is_compiled_again()
    {
        using var folder = await CreateAsync();
        await RunAsync(folder);
        await folder.WriteAsync("node_modules/answer/part.js", "exports.value = 20 + 2;");

        Assert.Equal("2 kept, value 22", await RunAsync(folder));
    }

    [Fact]
    public async Task A_module_that_was_deleted_is_missing()
    {
        using var folder = await CreateAsync();
        await RunAsync(folder);
        File.Delete(folder.At("node_modules", "answer", "part.js"));

        Assert.Contains("Cannot find module './part'", await RunAsync(folder), StringComparison.Ordinal);
    }

    [LongTheory]
    [InlineData("a byte is different")]
    [InlineData("half is missing")]
    [InlineData("it is empty")]
    [InlineData("it is text")]
    [InlineData("it is a folder")]
    [InlineData("another installation")]
    public async Task A_file_that_is_not_valid_is_not_used_and_is_written_again(string fault)
    {
        using var folder = await CreateAsync();
        await RunAsync(folder);
        var file = folder.At("node_modules", ".cache", "modules.bin");
        var content = await File.ReadAllBytesAsync(file, Ct);
        switch (fault)
        {
            case "a byte is different":
                content[^100] ^= 1;
                await File.WriteAllBytesAsync(file, content, Ct);
                break;
            case "half is missing":
                await File.WriteAllBytesAsync(file, content[..(content.Length / 2)], Ct);
                break;
            case "it is empty":
                await File.WriteAllBytesAsync(file, [], Ct);
                break;
            case "it is text":
                await File.WriteAllTextAsync(file, new string('x', 1000), Ct);
                break;
            case "it is a folder":
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
            default:
                await folder.WriteAsync("node_modules/.package-lock.json", "{ }");
                break;
        }

        Assert.Equal("0 kept, value 1", await RunAsync(folder));
        Assert.Equal(fault == "it is a folder" ? "0 kept, value 1" : "2 kept, value 1", await RunAsync(folder));
        Assert.Single(Directory.GetFileSystemEntries(folder.At("node_modules", ".cache")));
    }

    private static async Task<TemporaryFolder> CreateAsync()
    {
        var folder = new TemporaryFolder();
        await folder.WriteAsync("main.js", Program);
        await folder.WriteAsync("node_modules/.package-lock.json", "{}");
        await folder.WriteAsync("node_modules/answer/index.js", "exports.value = require('./part').value;");
        await folder.WriteAsync("node_modules/answer/part.js", "exports.value = 1;");
        return folder;
    }

    private static async Task<string> RunAsync(TemporaryFolder folder)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [folder.At("main.js"), Path.Combine(LocalFolders.Repository, "local", "Azurite", "modules.cjs")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = node.StandardError.ReadToEndAsync(Ct);
        var output = await node.StandardOutput.ReadToEndAsync(Ct);
        await node.WaitForExitAsync(Ct);
        return node.ExitCode == 0 ? output.Trim() : await errors;
    }
}
