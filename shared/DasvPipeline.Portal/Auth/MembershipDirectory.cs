using DasvPipeline.Core.Ports;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>The memberships that a request is answered with.</summary>
internal sealed record MembershipSnapshot(IReadOnlyList<Membership> Memberships);

/// <summary>
/// Reads who belongs to which agency, at most once in <see cref="Lifetime"/>. A change in this instance counts at once, and one in another
/// instance after that time.
/// </summary>
public sealed class MembershipDirectory(IMembershipStore store, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>The addresses that show nobody's data. They work without storage.</summary>
    private static readonly PathString[] ForAnyone = ["/feed", "/assets", "/api/health", "/accessibility"];

    private volatile Reading? _last;

    /// <summary>Attaches the memberships to a request of a signed-in caller, for <see cref="CallerReader"/>.</summary>
    public async Task AttachAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Request.Headers.ContainsKey(CallerReader.Header) && !ForAnyone.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            context.Features.Set(await ReadAsync(ct));
        }
    }

    /// <summary>Makes the next request read the memberships again.</summary>
    public void Forget() => _last = null;

    private async Task<MembershipSnapshot> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (_last is { } last && clock.GetElapsedTime(last.At, now) < Lifetime)
        {
            return last.Snapshot;
        }

        var snapshot = new MembershipSnapshot(await store.ReadAllAsync(ct));
        _last = new Reading(snapshot, now);
        return snapshot;
    }

    private sealed record Reading(MembershipSnapshot Snapshot, long At);
}
