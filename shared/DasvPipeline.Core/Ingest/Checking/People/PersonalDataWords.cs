using System.Collections.Frozen;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>The words by which the check for personal data recognises headings and labels. <c>personal-data-words.yaml</c> explains each list.</summary>
internal sealed record PersonalDataWords
{
    private static readonly Lazy<PersonalDataWords> Embedded = new(() => Parse(ReadFile()));

    /// <summary>The words of the embedded file, which is parsed once.</summary>
    public static PersonalDataWords Current => Embedded.Value;

    public required FrozenSet<string> FillerWords { get; init; }

    public required FrozenSet<string> People { get; init; }

    public required FrozenSet<string> Staff { get; init; }

    public required FrozenSet<string> NameWords { get; init; }

    public required FrozenSet<string> NameQualifiers { get; init; }

    public required FrozenSet<string> NamePhrases { get; init; }

    public required FrozenSet<string> PersonQualifiers { get; init; }

    public required FrozenSet<string> PersonPhrases { get; init; }

    public required FrozenSet<string> BirthDatePhrases { get; init; }

    public required FrozenSet<string> BirthDateQualifiers { get; init; }

    public required FrozenSet<string> BirthDateTexts { get; init; }

    public required FrozenSet<string> IdWords { get; init; }

    public required FrozenSet<string> IdQualifiers { get; init; }

    public required FrozenSet<string> IdPhrases { get; init; }

    public required FrozenSet<string> CountPhrases { get; init; }

    public required FrozenSet<string> NhsNumberWords { get; init; }

    public required FrozenSet<string> NationalInsuranceWords { get; init; }

    public required FrozenSet<string> NationalInsuranceAbbreviations { get; init; }

    public required FrozenSet<string> NationalInsuranceStarts { get; init; }

    public required FrozenSet<string> TelephoneWords { get; init; }

    public required FrozenSet<string> TelephoneQualifiers { get; init; }

    public required FrozenSet<string> TelephonePhrases { get; init; }

    public required FrozenSet<string> CasePhrases { get; init; }

    public required FrozenSet<string> AgePhrases { get; init; }

    public required FrozenSet<string> GenderPhrases { get; init; }

    public required FrozenSet<string> AttributePhrases { get; init; }

    public required FrozenSet<string> CircumstancePhrases { get; init; }

    public required FrozenSet<string> DescriptiveWords { get; init; }

    public required FrozenSet<string> MetadataLabels { get; init; }

    public required FrozenSet<string> MoneyWords { get; init; }

    public required FrozenSet<string> CompletedByLabels { get; init; }

    public required FrozenSet<string> Relations { get; init; }

    public required FrozenSet<string> GivenNames { get; init; }

    public required FrozenSet<string> Surnames { get; init; }

    public required FrozenSet<string> Titles { get; init; }

    public required FrozenSet<string> NotSurnames { get; init; }

    /// <summary>The words with which a name in running text can start, in any case.</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NameStartsByWord =>
        (_nameStarts ??= GivenNames.Concat(Titles).ToFrozenSet(StringComparer.OrdinalIgnoreCase)).GetAlternateLookup<ReadOnlySpan<char>>();

    private FrozenSet<string>? _nameStarts;

    /// <summary>The lists whose words can be in a heading.</summary>
    public IEnumerable<FrozenSet<string>> HeadingLists =>
    [
        FillerWords, People, Staff, NameWords, NameQualifiers, NamePhrases, PersonQualifiers, PersonPhrases, BirthDatePhrases, BirthDateQualifiers, IdWords, IdQualifiers, IdPhrases,
        CountPhrases, NhsNumberWords, NationalInsuranceWords, NationalInsuranceAbbreviations, NationalInsuranceStarts, TelephoneWords, TelephoneQualifiers, TelephonePhrases,
        CasePhrases, AgePhrases, GenderPhrases, AttributePhrases, CircumstancePhrases,
    ];

    /// <summary>Parses a file of words.</summary>
    /// <exception cref="YamlException">A list is missing, unknown or repeated, or a word is repeated or not in lower case.</exception>
    public static PersonalDataWords Parse(string yaml) => new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .WithEnforceRequiredMembers()
        .WithTypeConverter(new WordListConverter())
        .Build()
        .Deserialize<PersonalDataWords>(yaml);

    /// <summary>Returns the text of the embedded file.</summary>
    public static string ReadFile()
    {
        using var stream = typeof(PersonalDataWords).Assembly.GetManifestResourceStream("people/personal-data-words.yaml")!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private sealed class WordListConverter : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(FrozenSet<string>);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            var words = new HashSet<string>(StringComparer.Ordinal);
            parser.Consume<SequenceStart>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                var word = parser.Consume<Scalar>();
                if (word.Value.Length == 0 || word.Value.Any(char.IsUpper) || !words.Add(word.Value))
                {
                    throw new YamlException(word.Start, word.End, $"'{word.Value}' is repeated, or is not in lower case.");
                }
            }

            return words.ToFrozenSet(StringComparer.Ordinal);
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException();
    }
}
