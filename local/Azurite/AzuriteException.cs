namespace DasvPipeline.Local.Azurite;

/// <summary>Azurite could not be started. The message is for the person who tried: what is wrong and what to do.</summary>
public sealed class AzuriteException : Exception
{
    public AzuriteException(string message)
        : base(message)
    {
    }

    public AzuriteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
