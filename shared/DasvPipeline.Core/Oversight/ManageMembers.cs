using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Decides who belongs to an agency: a person asks, and the manager grants, refuses and ends. Every change is audited with the immutable
/// ids of both. Ended and refused memberships stay stored, so that the history can be read.
/// </summary>
public sealed class ManageMembers(PartnershipCatalogue catalogue, IMembershipStore store, TimeProvider clock)
{
    /// <summary>The maximum length of an id, a name and an e-mail address.</summary>
    public const int MaxLength = 200;

    public const string ChooseAgency = "Choose an agency.";
    public const string EnterId = "Enter the object id of the account. It looks like 00000000-0000-0000-0000-000000000000.";
    public const string EnterName = "Enter the name of the person or program.";
    public const string CorrectEmail = "This is not an email address. Correct it, or leave it empty.";

    private static readonly Outcome Changed = Outcome.Refused("Somebody else changed this at the same time. Nothing was changed. Reload the page, and look at it again.");

    public Task<IReadOnlyList<Membership>> ReadAsync(CancellationToken ct) => store.ReadAllAsync(ct);

    /// <summary>Asks for access to an agency. Asking twice changes nothing.</summary>
    public async Task<Outcome> RequestAsync(AgencyId agency, Person person, string? email, CancellationToken ct)
    {
        if (!catalogue.Agencies.ContainsKey(agency))
        {
            return Outcome.Incomplete(ChooseAgency);
        }

        var done = Outcome.Done($"You have asked for access to {catalogue.GetAgencyName(agency)}. The Partnership’s manager will decide.");
        return await FindAsync(agency, person.Id, ct) switch
        {
            { State: MembershipState.Granted } => Outcome.Done($"You have access to {catalogue.GetAgencyName(agency)}."),
            { State: MembershipState.Requested } => done,
            var ended => await WriteAsync(agency, person, Shorten(email), MemberRole.Officer, MembershipState.Requested, person, ended?.Token, done, ct),
        };
    }

    /// <summary>Gives access to a person who has asked, or who had access before, or changes their role.</summary>
    public async Task<Outcome> GrantAsync(AgencyId agency, string personId, MemberRole role, Person by, CancellationToken ct) =>
        await FindAsync(agency, personId, ct) is { } known
            ? await WriteAsync(agency, known.Person, known.Email, role, MembershipState.Granted, by, known.Token, Granted(agency, known.Person), ct)
            : NotKnown();

    /// <summary>Gives access to an account that has not asked, such as a program's.</summary>
    public async Task<Outcome> AddAsync(AgencyId agency, string personId, string name, string? email, MemberRole role, Person by, CancellationToken ct)
    {
        var person = new Person(personId.Trim(), name.Trim());
        var address = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        return !catalogue.Agencies.ContainsKey(agency) ? Outcome.Incomplete(ChooseAgency)
            : !Guid.TryParse(person.Id, out var id) ? Outcome.Incomplete(EnterId)
            : person.Name.Length is 0 or > MaxLength || person.Name.Any(char.IsControl) ? Outcome.Incomplete(EnterName)
            : address is not null && !IsEmail(address) ? Outcome.Incomplete(CorrectEmail)
            : await WriteAsync(
                agency, person with { Id = id.ToString() }, address, role, MembershipState.Granted, by, (await FindAsync(agency, id.ToString(), ct))?.Token, Granted(agency, person), ct);
    }

    public async Task<Outcome> RefuseAsync(AgencyId agency, string personId, Person by, CancellationToken ct) => await FindAsync(agency, personId, ct) switch
    {
        { State: MembershipState.Requested } asked => await WriteAsync(
            agency, asked.Person, asked.Email, asked.Role, MembershipState.Refused, by, asked.Token, Outcome.Done($"You have refused the request of {asked.Person.Name}."), ct),
        null => NotKnown(),
        _ => Changed,
    };

    /// <summary>Ends the access of a person. It ends on every page within a minute.</summary>
    public async Task<Outcome> EndAsync(AgencyId agency, string personId, Person by, CancellationToken ct) => await FindAsync(agency, personId, ct) switch
    {
        { State: MembershipState.Granted } member => await WriteAsync(
            agency, member.Person, member.Email, member.Role, MembershipState.Ended, by, member.Token, Outcome.Done($"{member.Person.Name} no longer has access to {catalogue.GetAgencyName(agency)}."), ct),
        null => NotKnown(),
        _ => Changed,
    };

    private async Task<Membership?> FindAsync(AgencyId agency, string personId, CancellationToken ct) =>
        (await store.ReadAllAsync(ct)).FirstOrDefault(membership => membership.Agency == agency && membership.Person.Id == personId);

    private async Task<Outcome> WriteAsync(
        AgencyId agency, Person person, string? email, MemberRole role, MembershipState state, Person by, string? token, Outcome done, CancellationToken ct) =>
        await store.TryWriteAsync(new Membership(agency, person, email, role, state, by, clock.GetUtcNow()) { Token = token }, ct) ? done : Changed;

    private Outcome Granted(AgencyId agency, Person person) => Outcome.Done($"{person.Name} now has access to {catalogue.GetAgencyName(agency)}.");

    /// <summary>Returns true for a text that is like an email address. It is shown to the manager, and no mail is sent to it.</summary>
    private static bool IsEmail(string text) =>
        text.Length <= MaxLength && text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static Outcome NotKnown() => Outcome.NotFound("This person is not in the list any more.");

    private static string? Shorten(string? email) => email is { Length: > 0 and <= MaxLength } && !email.Any(char.IsControl) ? email : null;
}
