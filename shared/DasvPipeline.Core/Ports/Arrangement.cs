using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>What can be arranged about a return for one period.</summary>
public enum ArrangementKind
{
    /// <summary>The agency says that the return will be late, and when it will come. The due date does not change.</summary>
    Late,

    /// <summary>The manager gives the return a later due date.</summary>
    Extension,

    /// <summary>The manager does not ask for the return.</summary>
    Waiver,
}

/// <summary>A statement about one return, by a person.</summary>
/// <param name="Day">The day on which a late return will come, or the new due date; null for a waiver.</param>
/// <param name="Reason">The reason, as the person wrote it.</param>
public sealed record ArrangedItem(DateOnly? Day, string Reason, Person By, DateTimeOffset At);

/// <summary>What the agency and the manager have arranged about a return for one period. Each part can be undone.</summary>
public sealed record Arrangement(ArrangedItem? Late = null, ArrangedItem? Extension = null, ArrangedItem? Waiver = null)
{
    public static readonly Arrangement None = new();

    public bool IsWaived => Waiver is not null;

    /// <summary>Returns the due date: the extended one, or else that of the form.</summary>
    public DateOnly GetDueDate(Form form, Period period) => Extension?.Day ?? form.GetDueDate(period);

    public ArrangedItem? Get(ArrangementKind kind) => kind switch
    {
        ArrangementKind.Late => Late,
        ArrangementKind.Extension => Extension,
        _ => Waiver,
    };

    /// <param name="item">Null to undo it.</param>
    public Arrangement With(ArrangementKind kind, ArrangedItem? item) => kind switch
    {
        ArrangementKind.Late => this with { Late = item },
        ArrangementKind.Extension => this with { Extension = item },
        _ => this with { Waiver = item },
    };
}

/// <summary>A change of an arrangement.</summary>
/// <param name="Item">The new statement; null if it is undone.</param>
public sealed record ArrangementChange(ArrangementKind Kind, ArrangedItem? Item, Person By, DateTimeOffset At);
