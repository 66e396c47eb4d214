namespace DasvPipeline.Core.Store;

/// <summary>
/// Keys with which every instance of the portal signs the tokens of its forms, kept privately. Not asynchronous, because
/// those who ask for keys are not.
/// </summary>
public interface IKeyStore
{
    /// <summary>Every key, as XML.</summary>
    IReadOnlyList<string> ReadAll();

    /// <param name="name">Of letters, digits and hyphens.</param>
    void Add(string name, string xml);
}
