using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace DasvPipeline.Portal.Pages;

/// <summary>The route of a trigger.</summary>
/// <param name="Methods">The HTTP methods, such as <c>get</c>.</param>
public sealed record ServedRoute(string Template, IReadOnlyList<string> Methods);

/// <summary>The routes of all triggers. They tell a wrong method from an unknown address.</summary>
public sealed class RouteTable(IReadOnlyList<ServedRoute> routes, IInlineConstraintResolver constraints)
{
    private readonly List<(RouteTemplate Template, TemplateMatcher Matcher, IReadOnlyList<string> Methods)> _routes =
    [
        .. routes.Select(route => TemplateParser.Parse(route.Template) is var template
            ? (template, new TemplateMatcher(template, []), route.Methods)
            : throw new InvalidOperationException()),
    ];

    /// <summary>Returns the methods that an address accepts, in capitals and in order. None if no trigger serves the address.</summary>
    public IReadOnlyList<string> FindMethods(PathString path) =>
    [
        .. _routes.Where(route => Matches(route.Template, route.Matcher, path)).SelectMany(route => route.Methods)
            .Select(method => method.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private bool Matches(RouteTemplate template, TemplateMatcher matcher, PathString path)
    {
        var values = new RouteValueDictionary();
        return matcher.TryMatch(path, values) && template.Parameters.All(parameter => parameter.InlineConstraints.All(constraint =>
            constraints.ResolveConstraint(constraint.Constraint)?.Match(null, null, parameter.Name!, values, RouteDirection.IncomingRequest) != false));
    }
}
