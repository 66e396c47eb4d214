using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

/// <summary>
/// Simulates an attacker who knows the algorithm. It lists all worlds: all figures that the agencies could have sent and that fit every
/// published number. Then it publishes each of them with the code itself, and keeps those that give the same releases.
/// </summary>
internal sealed class Replay
{
    /// <summary>Greater values are not tried. A number that can have this value is uncertain enough.</summary>
    private const int Most = 13;

    private const int MaxWorlds = 200_000;

    /// <summary>The number of worlds to publish. If they do not show that every value is possible, the attack has no result.</summary>
    private const int MaxPublished = 800;

    private readonly ReplayedReleases _releases;
    private readonly IReadOnlyList<IReadOnlyList<Seen>> _seen;
    private readonly List<int[]> _worlds = [];
    private readonly string? _agency;

    /// <param name="agency">The agency that attacks and knows its own figures; null for the public.</param>
    public Replay(ReplayedReleases releases, string? agency)
    {
        (_releases, _agency, _seen) = (releases, agency, releases.Publish(releases.Truth));
        var sums = _seen.SelectMany((numbers, release) => numbers.Where(number => number.Published.Value is not null && number.Truth.Denominator is null)
            .Select(number => (Variables: releases.VariablesOf(release, number.Truth.Numerator), Value: (int)number.Published.Value!.Value))).DistinctBy(sum => (string.Join(' ', sum.Variables), sum.Value)).ToList();
        var known = releases.Truth.Select((_, i) => agency is not null && releases.IsOf(i, agency)).ToList();
        List(new int[releases.Truth.Count], 0, known, sums);
    }

    /// <summary>Returns the secrets that the attacker can narrow down, and how many values they keep; null if there are too many worlds to say so.</summary>
    public IReadOnlyList<(string Text, int Values)>? FindSecrets(DisclosurePolicy policy)
    {
        var open = ListSecrets(policy).ToList();
        var worlds = _worlds.ToArray();
        new Random(1).Shuffle(worlds);
        foreach (var world in worlds.Prepend([.. _releases.Truth]).Take(MaxPublished))
        {
            if (open.Exists(secret => secret.IsNew(world)) && IsSame(_releases.Publish(world)))
            {
                open.RemoveAll(secret => secret.Learn(world));
            }
        }

        return open.Count > 0 && worlds.Length > MaxPublished ? null : [.. open.Select(secret => (secret.ToString(), secret.Values))];
    }

    /// <summary>Lists the small figures of others and, for the public, the hidden numbers.</summary>
    private IEnumerable<Secret> ListSecrets(DisclosurePolicy policy)
    {
        for (var i = 0; i < _releases.Truth.Count; i++)
        {
            if (!(_agency is not null && _releases.IsOf(i, _agency)) && policy.IsSmall(_releases.Truth[i]))
            {
                yield return new Secret(_releases.NameOf(i), [i], Enumerable.Range(1, policy.Threshold - 1), 0);
            }
        }

        foreach (var (release, numbers) in _seen.Index().Where(_ => _agency is null))
        {
            foreach (var number in numbers.Where(number => number.IsHidden))
            {
                // A total of 2 hidden numbers is at least 2.
                var least = Math.Max(1, numbers.Count(part => part.IsHidden && !number.Name.Contains(" age", StringComparison.Ordinal) && part.Name.StartsWith("people age", StringComparison.Ordinal)));
                var isSmall = policy.IsSmall((long)number.Truth.Value!.Value);
                yield return new Secret(
                    $"{number.Name} of release {release + 1}, {number.Truth.Value}", _releases.VariablesOf(release, number.Truth.Numerator), isSmall ? Enumerable.Range(least, Math.Max(0, policy.Threshold - least)) : [], isSmall ? 0 : policy.Threshold - 1);
            }
        }
    }

    private bool IsSame(IReadOnlyList<IReadOnlyList<Seen>> other) => _seen.Zip(other).All(pair =>
        pair.First.Zip(pair.Second).All(numbers => numbers.First.Name == numbers.Second.Name && numbers.First.Published.Value == numbers.Second.Published.Value && numbers.First.Published.Markers == numbers.Second.Published.Markers));

    private void List(int[] world, int next, IReadOnlyList<bool> known, List<(IReadOnlyList<int> Variables, int Value)> sums)
    {
        if (_worlds.Count > MaxWorlds)
        {
            return;
        }

        if (next == world.Length)
        {
            _worlds.Add([.. world]);
            return;
        }

        for (var value = 0; value <= Math.Max(Most, _releases.Truth[next]); value++)
        {
            world[next] = value;
            if ((!known[next] || value == _releases.Truth[next]) && sums.TrueForAll(sum => CanReach(sum, world, next)))
            {
                List(world, next + 1, known, sums);
            }
        }
    }

    private bool CanReach((IReadOnlyList<int> Variables, int Value) sum, int[] world, int last)
    {
        var (least, most) = (0, 0);
        foreach (var i in sum.Variables)
        {
            least += i <= last ? world[i] : 0;
            most += i <= last ? world[i] : Math.Max(Most, _releases.Truth[i]);
        }

        return least <= sum.Value && sum.Value <= most;
    }

    /// <summary>A sum of figures, the values that it must be able to have, and those that it is known to be able to have.</summary>
    private sealed class Secret(string name, IReadOnlyList<int> variables, IEnumerable<int> wanted, int count)
    {
        private readonly HashSet<int> _missing = [.. wanted];
        private readonly HashSet<int> _possible = [];

        /// <summary>How many values above 0 it is known to be able to have.</summary>
        public int Values => _possible.Count(value => value > 0);

        public bool IsNew(int[] world) => !_possible.Contains(ValueIn(world));

        /// <returns>True if nothing is missing any more.</returns>
        public bool Learn(int[] world)
        {
            _possible.Add(ValueIn(world));
            _missing.Remove(ValueIn(world));
            return _missing.Count == 0 && (Values >= count || _possible.Contains(Most));
        }

        public override string ToString() => $"{name} can only be {string.Join(", ", _possible.Order())}";

        private int ValueIn(int[] world) => variables.Sum(i => world[i]);
    }
}
