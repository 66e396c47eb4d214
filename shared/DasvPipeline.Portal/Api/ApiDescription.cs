using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace DasvPipeline.Portal.Api;

/// <summary>
/// Describes the addresses under <c>/api</c> as an OpenAPI 3.1 document. The routes and methods are those of the triggers; the texts are in
/// <see cref="ApiOperations"/>.
/// </summary>
public sealed class ApiDescription(IReadOnlyList<ServedRoute> routes, LiveCatalogue catalogue, PageHandler pages)
{
    public const string ContentType = "application/vnd.oai.openapi+json;version=3.1";

    private const string Prefix = "api/";
    private const string Json = "application/json";
    private const string SignIn = "signIn";

    /// <summary>Serves the document to anyone. It describes addresses, and shows nobody's data.</summary>
    public async Task<IResult> GetAsync(CancellationToken ct)
    {
        using var stream = new MemoryStream();
        await Create().SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, ct);
        return Results.Bytes(stream.ToArray(), ContentType);
    }

    /// <summary>Shows the same as a page.</summary>
    public IResult GetPage(HttpRequest request) => pages.ShowPublic(request, context => PageHandler.Render(new ApiPage { PageContext = context, Operations = GetOperations() }));

    /// <summary>Returns each operation with its method and path.</summary>
    internal IReadOnlyList<(string Method, string Path, ApiOperation Operation)> GetOperations() =>
    [
        .. from route in routes
           where route.Template.StartsWith(Prefix, StringComparison.Ordinal)
           from method in route.Methods
           where method != "head"
           orderby route.Template, method
           select (method.ToUpperInvariant(), "/" + route.Template, ApiOperations.Find(route.Template, method)),
    ];

    internal OpenApiDocument Create()
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = $"{catalogue.Newest.Publisher.Title}: API",
                Version = "1",
                License = new OpenApiLicense { Name = "MIT License", Identifier = "MIT" },
                Description = $"For the manager of {catalogue.Newest.Publisher.Name}, and for programs of agencies. The published figures need none of this: they are files under /feed/.",
            },
            // The addresses are on the server that serves this document.
            Servers = [new OpenApiServer { Url = "/" }],
            Paths = new OpenApiPaths(),
            Components = new OpenApiComponents
            {
                SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
                {
                    [SignIn] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of Microsoft Entra ID for this app. In a browser, the cookie of the sign-in is used instead." },
                },
            },
        };
        foreach (var path in GetOperations().GroupBy(item => item.Path))
        {
            document.Paths[path.Key] = new OpenApiPathItem
            {
                Operations = path.ToDictionary(item => new HttpMethod(item.Method), item => Describe(item.Path, item.Operation, document)),
            };
        }

        return document;
    }

    private static OpenApiOperation Describe(string path, ApiOperation operation, OpenApiDocument document) => new()
    {
        OperationId = operation.Id,
        Summary = operation.Summary,
        Parameters =
        [
            .. operation.Query.Select(parameter => new OpenApiParameter
            {
                Name = parameter.Name,
                In = path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal) ? ParameterLocation.Path : ParameterLocation.Query,
                Required = parameter.IsRequired,
                Description = parameter.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
            .. operation.ChangesSomething ? new[] { RequestedWith() } : [],
        ],
        RequestBody = operation.Body.Count == 0 ? null : new OpenApiRequestBody
        {
            Required = operation.Body.Any(member => member.IsRequired),
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal) { [Json] = new OpenApiMediaType { Schema = DescribeBody(operation.Body) } },
        },
        Responses = DescribeResponses(operation),

        // An empty requirement means that anyone may call it.
        Security = [operation.IsPublic ? new OpenApiSecurityRequirement() : new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SignIn, document)] = [] }],
    };

    private static OpenApiParameter RequestedWith() => new()
    {
        Name = "X-Requested-With",
        In = ParameterLocation.Header,
        Required = true,
        Description = "Any value. A page of another site cannot send it.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema DescribeBody(IReadOnlyList<ApiValue> members) => new()
    {
        Type = JsonSchemaType.Object,
        Required = members.Where(member => member.IsRequired).Select(member => member.Name).ToHashSet(StringComparer.Ordinal),
        Properties = members.ToDictionary(
            member => member.Name,
            member => (IOpenApiSchema)new OpenApiSchema
            {
                Type = member.Kind switch { ApiKind.Number => JsonSchemaType.Integer, ApiKind.Truth => JsonSchemaType.Boolean, ApiKind.Texts => JsonSchemaType.Object, _ => JsonSchemaType.String },
                Description = member.Description,
                AdditionalProperties = member.Kind == ApiKind.Texts ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
            },
            StringComparer.Ordinal),
    };

    private static OpenApiResponses DescribeResponses(ApiOperation operation)
    {
        if (operation.Responses is { } own)
        {
            var described = new OpenApiResponses();
            foreach (var (code, text) in own)
            {
                described[code] = new OpenApiResponse { Description = text };
            }

            return described;
        }

        var responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = operation.Result } };
        if (!operation.IsPublic)
        {
            responses["401"] = new OpenApiResponse { Description = "The caller is not signed in." };
            responses["403"] = new OpenApiResponse { Description = "The caller has no access." };
        }

        if (operation.ChangesSomething)
        {
            responses["400"] = new OpenApiResponse { Description = "The request cannot be read." };
            responses["409"] = new OpenApiResponse { Description = "It was refused. The body has a message and the obstacles." };
        }

        return responses;
    }
}
