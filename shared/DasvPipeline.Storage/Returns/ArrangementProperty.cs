using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>Stores what was arranged about a return in one property of the ledger's row.</summary>
internal static class ArrangementProperty
{
    private const string Name = "Arrangement";

    public static TableEntity SetArrangement(this TableEntity entity, Arrangement arrangement) =>
        entity.SetValue(Name, arrangement == Arrangement.None ? null : JsonSerializer.Serialize(arrangement, ArrangementJson.Default.Arrangement));

    public static Arrangement GetArrangement(this TableEntity entity) =>
        entity.GetString(Name) is { } text ? JsonSerializer.Deserialize(text, ArrangementJson.Default.Arrangement)! : Arrangement.None;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Arrangement))]
internal sealed partial class ArrangementJson : JsonSerializerContext;
