namespace DasvPipeline.Core.Ingest;

/// <summary>Orders waiting work so that an agency with much of it does not delay the others.</summary>
public static class FairOrder
{
    /// <summary>Takes the items of all owners in turn: the first of each, then the second of each. The items of one owner keep their order.</summary>
    public static IEnumerable<T> TakeInTurn<T>(IEnumerable<T> items, Func<T, string> ownerOf) =>
        items.GroupBy(ownerOf, StringComparer.Ordinal).SelectMany(owned => owned.Select((item, turn) => (item, turn))).OrderBy(entry => entry.turn).Select(entry => entry.item);

    /// <summary>Returns the agency that an upload's path names, which is the owner of the upload.</summary>
    public static string GetAgency(string path) => path.Split('/')[0];
}
