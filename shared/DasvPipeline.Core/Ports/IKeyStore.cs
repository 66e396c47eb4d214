namespace DasvPipeline.Core.Ports;

/// <summary>
/// Stores the private keys with which every instance of the portal signs anti-forgery tokens. Its methods are synchronous
/// because ASP.NET Core data protection is.
/// </summary>
public interface IKeyStore
{
    /// <summary>Reads every key, as XML.</summary>
    IReadOnlyList<string> ReadAll();

    /// <param name="name">The key's name: letters, digits and hyphens.</param>
    void Add(string name, string xml);
}
