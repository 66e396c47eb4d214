using Mono.Cecil;

namespace DasvPipeline.UnitTests.Architecture;

/// <summary>Finds the types that a compiled type uses in its declarations and method bodies.</summary>
internal static class References
{
    /// <summary>Returns the type as declared in source: the compiler nests closures and state machines in it.</summary>
    public static TypeReference Outermost(this TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    public static IEnumerable<TypeReference> Of(TypeDefinition type) =>
        Declared(type).Concat(type.Methods.SelectMany(Of)).SelectMany(Flatten).Select(Outermost);

    private static IEnumerable<TypeReference> Declared(TypeDefinition type) =>
    [
        .. type.BaseType is null ? [] : new[] { type.BaseType },
        .. type.Interfaces.Select(item => item.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. type.Events.Select(item => item.EventType),
        .. Constraints(type),
        .. new ICustomAttributeProvider[] { type }.Concat(type.Fields).Concat(type.Properties).Concat(type.Methods).SelectMany(Attributes),
    ];

    private static IEnumerable<TypeReference> Of(MethodDefinition method)
    {
        IEnumerable<TypeReference> declared = [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType), .. Constraints(method)];
        return method.HasBody
            ? declared.Concat(method.Body.Variables.Select(variable => variable.VariableType))
                .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType).OfType<TypeReference>())
                .Concat(method.Body.Instructions.SelectMany(instruction => Operand(instruction.Operand)))
            : declared;
    }

    private static IEnumerable<TypeReference> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. method.GenericArguments, .. Operand(method.ElementMethod)],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes
        .SelectMany(attribute => attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().Prepend(attribute.AttributeType));

    private static IEnumerable<TypeReference> Flatten(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Concat(Flatten(generic.ElementType)),
        IModifierType modified => Flatten(modified.ElementType).Concat(Flatten(modified.ModifierType)),
        TypeSpecification specification => Flatten(specification.ElementType),
        _ => [type],
    };
}
