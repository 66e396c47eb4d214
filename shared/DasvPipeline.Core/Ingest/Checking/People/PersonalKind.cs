namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>The kinds of personal data. A text can contain several.</summary>
[Flags]
internal enum PersonalKind
{
    None = 0,
    NhsNumber = 1,
    NationalInsuranceNumber = 2,
    Postcode = 4,
    EmailAddress = 8,
    Telephone = 16,
    BirthDate = 32,
    Name = 64,
}
