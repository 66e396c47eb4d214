namespace DasvPipeline.Local.Azurite;

/// <summary>Thrown when Azurite could not be started. The message says what is wrong and what to do.</summary>
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
