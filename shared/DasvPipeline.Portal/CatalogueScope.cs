using System.Runtime.ExceptionServices;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Portal;

/// <summary>The catalogue of one run: a request, an event or a timer. It is taken when the run starts, and is the same until its end.</summary>
public sealed class CatalogueScope(LiveCatalogue live, IStorageFaults storage)
{
    /// <summary>The triggers that work without a catalogue. They do not wait for it, so that the feed and the health check work if its storage does not.</summary>
    private static readonly string[] Independent = ["Feed", "Health", "Asset", "About", "Accessibility", "ApiDescription", "ApiPage", "Favicon", "Robots", "SecurityContact", "Site", "Sitemap", "ZOtherAddress"];

    private PartnershipCatalogue? _catalogue;
    private ExceptionDispatchInfo? _fault;

    /// <summary>The catalogue. Throws the fault of storage if it could not be read.</summary>
    public PartnershipCatalogue Catalogue
    {
        get
        {
            _fault?.Throw();
            return _catalogue ?? live.Newest;
        }
    }

    /// <summary>Takes the live catalogue for this run.</summary>
    /// <param name="trigger">The name of the trigger.</param>
    public async Task OpenAsync(string trigger, CancellationToken ct)
    {
        if (Independent.Contains(trigger))
        {
            return;
        }

        try
        {
            _catalogue = await live.ReadAsync(ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && storage.IsUnavailable(fault))
        {
            // It is thrown where the catalogue is used, so that what needs none still works.
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
    }
}
