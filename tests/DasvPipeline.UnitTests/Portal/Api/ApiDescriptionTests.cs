using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Functions;
using DasvPipeline.Portal.Api;
using DasvPipeline.Portal.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.OpenApi;

namespace DasvPipeline.UnitTests.Portal.Api;

/// <summary>The OpenAPI document is made from the triggers, and every address has a text.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly IReadOnlyList<ServedRoute> Routes = new ServiceCollection().AddRoutes().BuildServiceProvider().GetRequiredService<IReadOnlyList<ServedRoute>>();

    [Fact]
    public void Every_text_belongs_to_a_route() => Assert.Empty(ApiOperations.Routes.Except(Routes.Select(route => route.Template)));

    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1_with_the_methods_of_the_triggers()
    {
        using var stream = new MemoryStream();
        await new ApiDescription(Routes, new LiveCatalogue(null!, new CatalogueSource(PartnershipCatalogue.EmbeddedFiles(), IsFixed: true), new FakeTimeProvider()), pages: null!).Create().SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, TestContext.Current.CancellationToken);
        stream.Position = 0;
        var read = await OpenApiDocument.LoadAsync(stream, "json", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);

        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.StartsWith("3.1.", json.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, method) => $"{method.Name} {path.Name}");
        Assert.Equal(
            Routes.Where(route => route.Template.StartsWith("api/", StringComparison.Ordinal)).SelectMany(route => route.Methods.Where(method => method != "head"), (route, method) => $"{method} /{route.Template}").Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
        var ids = json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Fact]
    public void Every_parameter_of_a_path_is_described() => Assert.All(
        Routes.Where(route => route.Template.StartsWith("api/", StringComparison.Ordinal) && route.Template.Contains('{', StringComparison.Ordinal)),
        route => Assert.All(
            route.Template.Split('{').Skip(1).Select(part => part.Split('}', ':')[0]),
            name => Assert.Contains(ApiOperations.Find(route.Template, route.Methods[0]).Query, value => value.Name == name && value.IsRequired)));
}
