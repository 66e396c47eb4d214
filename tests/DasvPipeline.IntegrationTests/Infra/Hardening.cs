using System.Text.Json.Nodes;
using static DasvPipeline.IntegrationTests.Infra.Deployment;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The required settings of every Azure resource, each with a weaker value.</summary>
internal static class Hardening
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string Blobs = Account + "/blobServices";
    private const string Container = Blobs + "/containers";
    private const string Lifecycle = Account + "/managementPolicies";
    private const string App = "Microsoft.Web/sites";
    private const string AppConfig = "Microsoft.Web/sites/config";
    private const string Passwords = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    private const string Subscription = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
    private const string LogAlert = "Microsoft.Insights/scheduledQueryRules";
    private const string MetricAlert = "Microsoft.Insights/metricAlerts";
    private const string Private = "prv";
    private const string Public = "pub";
    private const string SignIn = "authsettingsV2";

    private static readonly string[] All = [Dev, Production, Whole];
    private static readonly string[] OnlyProduction = [Production, Whole];

    public static IReadOnlyList<Requirement> Requirements { get; } =
    [
        // Keys and encryption
        new("No account takes a shared key", Account, "properties.allowSharedKeyAccess", Is("false"), "true", In: All),
        new("Accounts take TLS 1.2 or later", Account, "properties.minimumTlsVersion", Is("\"TLS1_2\""), "\"TLS1_0\"", In: All),
        new("Accounts answer over HTTPS only", Account, "properties.supportsHttpsTrafficOnly", Is("true"), "false", In: All),
        new("Tools use Entra ID by default", Account, "properties.defaultToOAuthAuthentication", Is("true"), "false", In: All),
        new("Nothing is replicated to another tenant", Account, "properties.allowCrossTenantReplication", Is("false"), "true", In: All),

        new("No upload link or other signature is valid for more than an hour", Account, "properties.sasPolicy.sasExpirationPeriod", Is("\"00.01:00:00\""), "\"7.00:00:00\"", In: All),
        new("A longer signature is refused", Account, "properties.sasPolicy.expirationAction", Is("\"Block\""), "\"Log\"", In: All),

        // Public access
        new("Nobody reads the private account without signing in", Account, "properties.allowBlobPublicAccess", Is("false"), "true", Private, All),
        new("No private container is open", Container, "properties.publicAccess", Is("\"None\""), "\"Blob\"", Private, All),
        new("Public blobs are read by name and not listed", Container, "properties.publicAccess", Is("\"Blob\""), "\"Container\"", Public, All),
        new("Pages of other sites only read the feed", Blobs, "properties.cors.corsRules.0.allowedMethods", Is("""["GET","HEAD"]"""), """["GET","PUT"]""", Public, All),
        new("Pages of other sites read nothing private", Blobs, "properties.cors.corsRules", Is("[]"), """[{"allowedOrigins":["*"]}]""", Private, All),

        // Protection against loss
        new("Overwritten blobs are kept as versions", Blobs, "properties.isVersioningEnabled", Is("true"), "false", In: All),
        new("Deleted blobs can be brought back", Blobs, "properties.deleteRetentionPolicy.enabled", Is("true"), "false", In: All),
        new("Deleted blobs can be brought back for a week", Blobs, "properties.deleteRetentionPolicy.days", AtLeast(7), "6", In: All),
        new("Deleted blobs can be brought back for a month in production", Blobs, "properties.deleteRetentionPolicy.days", AtLeast(30), "29", In: OnlyProduction),
        new("Deleted containers can be brought back", Blobs, "properties.containerDeleteRetentionPolicy.enabled", Is("true"), "false", In: All),
        new("Deleted containers can be brought back for a week", Blobs, "properties.containerDeleteRetentionPolicy.days", AtLeast(7), "1", In: All),
        new("What agencies sent survives the loss of a region", Account, "sku.name", Is("\"Standard_GZRS\""), "\"Standard_LRS\"", Private, OnlyProduction),
        new("The feed survives the loss of a zone", Account, "sku.name", Is("\"Standard_ZRS\""), "\"Standard_LRS\"", Public, OnlyProduction),
        new("Accounts are locked against deletion", "Microsoft.Authorization/locks", "properties.level", Is("\"CanNotDelete\""), "\"NotSpecified\"", In: OnlyProduction),

        // Retention
        new("Old versions are forgotten where nobody needs them", Lifecycle, "properties.policy.rules.0.definition.actions.version.delete.daysAfterCreationGreaterThan", AtLeast(7), null, In: All),
        new("Returns are deleted in the end", Lifecycle, "properties.policy.rules.1.definition.filters.prefixMatch", Is("""["returns/"]"""), """["return/"]""", Private, All),
        new("Returns are deleted after seven years", Lifecycle, "properties.policy.rules.1.definition.actions.baseBlob.delete.daysAfterModificationGreaterThan", Is("2557"), "1", Private, OnlyProduction),
        new("Versions of returns are deleted after seven years", Lifecycle, "properties.policy.rules.1.definition.actions.version.delete.daysAfterCreationGreaterThan", Is("2557"), "99999", Private, OnlyProduction),
        new("Reports go with the returns", Lifecycle, "properties.policy.rules.2.definition.filters.prefixMatch", Is("""["reports/"]"""), """["report/"]""", Private, All),
        new("Undelivered events are deleted too", Lifecycle, "properties.policy.rules.3.definition.filters.prefixMatch", Is("""["dead-letter/"]"""), null, Private, All),
        new("Copies of the tables are deleted in the end", Lifecycle, "properties.policy.rules.4.definition.filters.prefixMatch", Is("""["backups/"]"""), null, Private, All),
        new("Rules of retention are on", Lifecycle, "properties.policy.rules.1.enabled", Is("true"), "false", Private, All),
        new("No rule deletes the feed", Lifecycle, "properties.policy.rules", node => node is JsonArray { Count: 1 } rules && rules[0]!["definition"]!["filters"]!["prefixMatch"]!.ToJsonString() == """["site/"]""", "[]", Public, OnlyProduction),

        // Releases
        new("Versions of the feed are immutable", Container, "properties.immutableStorageWithVersioning.enabled", Is("true"), "false", "default/public", OnlyProduction),
        new("Versions of the feed are immutable for ten years", Container + "/immutabilityPolicies", "properties.immutabilityPeriodSinceCreationInDays", AtLeast(3650), "1", Public, OnlyProduction),

        // Networks
        new("The private account has no public address", Account, "properties.publicNetworkAccess", Is("\"Disabled\""), "\"Enabled\"", Private, [Whole]),
        new("Networks that are not allowed are refused", Account, "properties.networkAcls.defaultAction", Is("\"Deny\""), "\"Allow\"", Private, [Whole]),
        new("No address is allowed by default", Account, "properties.networkAcls.ipRules", Is("[]"), """[{"value":"0.0.0.0/1"}]""", In: All),
        new("The app calls out through the network", App, "properties.virtualNetworkSubnetId", Something, null, In: [Whole]),
        new("The subnet of the app is delegated to Flex Consumption", "Microsoft.Network/virtualNetworks", "properties.subnets.0.properties.delegations.0.properties.serviceName", Is("\"Microsoft.App/environments\""), "\"Microsoft.Web/serverFarms\"", In: [Whole]),
        new("Blobs have a private endpoint", "Microsoft.Network/privateEndpoints", "properties.privateLinkServiceConnections.0.properties.groupIds", Is("""["blob"]"""), "[]", "blob", [Whole]),
        new("Queues have a private endpoint", "Microsoft.Network/privateEndpoints", "properties.privateLinkServiceConnections.0.properties.groupIds", Is("""["queue"]"""), "[]", "queue", [Whole]),
        new("Tables have a private endpoint", "Microsoft.Network/privateEndpoints", "properties.privateLinkServiceConnections.0.properties.groupIds", Is("""["table"]"""), "[]", "table", [Whole]),
        new("The names of private endpoints resolve in the network", "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "properties.virtualNetwork.id", Something, null, In: [Whole]),

        new("The subnet of the app has rules", "Microsoft.Network/virtualNetworks", "properties.subnets.0.properties.networkSecurityGroup.id", Something, null, In: [Whole]),
        new("The subnet of private endpoints has rules", "Microsoft.Network/virtualNetworks", "properties.subnets.1.properties.networkSecurityGroup.id", Something, null, In: [Whole]),
        new("Rules apply to private endpoints", "Microsoft.Network/virtualNetworks", "properties.subnets.1.properties.privateEndpointNetworkPolicies", Is("\"NetworkSecurityGroupEnabled\""), "\"Disabled\"", In: [Whole]),
        new("Private endpoints accept HTTPS from the app's subnet", "Microsoft.Network/networkSecurityGroups", "properties.securityRules.0.properties.sourceAddressPrefix", Is("\"10.90.0.0/26\""), "\"*\"", "-endpoints", [Whole]),
        new("Private endpoints accept nothing else", "Microsoft.Network/networkSecurityGroups", "properties.securityRules.1.properties.access", Is("\"Deny\""), "\"Allow\"", "-endpoints", [Whole]),
        new("Nothing from the internet reaches the app's subnet", "Microsoft.Network/networkSecurityGroups", "properties.securityRules.0.properties.access", Is("\"Deny\""), "\"Allow\"", "-app", [Whole]),
        new("The app calls the internet over HTTPS only", "Microsoft.Network/networkSecurityGroups", "properties.securityRules.2.properties.access", Is("\"Deny\""), "\"Allow\"", "-app", [Whole]),
        new("The app opens no management connection", "Microsoft.Network/networkSecurityGroups", "properties.securityRules.3.properties.access", Is("\"Deny\""), "\"Allow\"", "-app", [Whole]),
        new("Uploads are scanned for malware if the deployment asks for it", "Microsoft.Security/defenderForStorageSettings", "properties.malwareScanning.onUpload.isEnabled", Is("true"), "false", In: [Whole]),
        new("The scan has a limit, and so has its cost", "Microsoft.Security/defenderForStorageSettings", "properties.malwareScanning.onUpload.capGBPerMonth", AtMost(10), "-1", In: [Whole]),

        // The app
        new("The app answers over HTTPS only", App, "properties.httpsOnly", Is("true"), "false", In: All),
        new("The app takes TLS 1.2 or later", App, "properties.siteConfig.minTlsVersion", Is("\"1.2\""), "\"1.0\"", In: All),
        new("The app offers HTTP/2", App, "properties.siteConfig.http20Enabled", Is("true"), "false", In: All),
        new("The app has no FTP", App, "properties.siteConfig.ftpsState", Is("\"Disabled\""), "\"AllAllowed\"", In: All),
        new("The app cannot be debugged from outside", App, "properties.siteConfig.remoteDebuggingEnabled", Is("false"), "true", In: All),
        new("The page of the Functions host is off", AppConfig, "properties.AzureWebJobsDisableHomepage", Is("\"true\""), "\"false\"", "appsettings", All),
        new("The app works as an identity of its own", App, "identity.type", Is("\"UserAssigned\""), "\"SystemAssigned\"", In: All),
        new("The app's code is read as that identity", App, "properties.functionAppConfig.deployment.storage.authentication.type", Is("\"UserAssignedIdentity\""), "\"StorageAccountConnectionString\"", In: All),
        new("The app runs on .NET, isolated", App, "properties.functionAppConfig.runtime.name", Is("\"dotnet-isolated\""), "\"dotnet\"", In: All),
        new("The app runs on .NET 10", App, "properties.functionAppConfig.runtime.version", Is("\"10.0\""), "\"8.0\"", In: All),
        new("Instances are bounded", App, "properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount", AtMost(40), "1000", In: All),
        new("The plan is Flex Consumption", "Microsoft.Web/serverfarms", "sku.name", Is("\"FC1\""), "\"Y1\"", In: All),
        new("Nothing is deployed with a password over FTP", Passwords, "properties.allow", Is("false"), "true", "/ftp", All),
        new("Nothing is deployed with a password over HTTPS", Passwords, "properties.allow", Is("false"), "true", "/scm", All),

        // Signing in
        new("Signing in is on", AppConfig, "properties.platform.enabled", Is("true"), "false", SignIn, [Whole]),
        new("The app decides for each address whether it needs a sign-in", AppConfig, "properties.globalValidation.unauthenticatedClientAction", Is("\"AllowAnonymous\""), "\"RedirectToLoginPage\"", SignIn, [Whole]),
        new("No path is left out of sign-in, so every identity comes from the platform", AppConfig, "properties.globalValidation", node => node is JsonObject validation && !validation.ContainsKey("excludedPaths"), """{"excludedPaths":["/*"]}""", SignIn, [Whole]),
        new("Signing in goes over HTTPS", AppConfig, "properties.httpSettings.requireHttps", Is("true"), "false", SignIn, [Whole]),
        new("Only people of the tenant sign in", AppConfig, "properties.identityProviders.azureActiveDirectory.registration.openIdIssuer", node => ((string?)node)?.Contains("00000000-0000-0000-0000-000000000001", StringComparison.Ordinal) == true, "\"https://login.microsoftonline.com/common/v2.0\"", SignIn, [Whole]),
        new("Sign-in uses an identity instead of a secret", AppConfig, "properties.identityProviders.azureActiveDirectory.registration.clientSecretSettingName", Is("\"OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID\""), "\"MICROSOFT_PROVIDER_AUTHENTICATION_SECRET\"", SignIn, [Whole]),
        new("Tokens are for this app", AppConfig, "properties.identityProviders.azureActiveDirectory.validation.allowedAudiences", Is("""["api://11111111-1111-1111-1111-111111111111","11111111-1111-1111-1111-111111111111"]"""), "[]", SignIn, [Whole]),
        new("People's tokens are not kept", AppConfig, "properties.login.tokenStore.enabled", Is("false"), "true", SignIn, [Whole]),

        // Events
        new("Only new blobs are uploads", Subscription, "properties.filter.includedEventTypes", Is("""["Microsoft.Storage.BlobCreated"]"""), "null", "/uploads", [Whole]),
        new("Only deleted blobs are deletions", Subscription, "properties.filter.includedEventTypes", Is("""["Microsoft.Storage.BlobDeleted"]"""), "null", "/deletions", [Whole]),
        new("An identity sends deletions to the queue", Subscription, "properties.deliveryWithResourceIdentity.identity.type", Is("\"SystemAssigned\""), null, "/deletions", [Whole]),
        new("Deletions go to the queue of the trigger", Subscription, "properties.deliveryWithResourceIdentity.destination.properties.queueName", Is("\"deleted-uploads\""), "\"other\"", "/deletions", [Whole]),
        new("Deletions do not expire in the queue", Subscription, "properties.deliveryWithResourceIdentity.destination.properties.queueMessageTimeToLiveInSeconds", Is("-1"), "60", "/deletions", [Whole]),
        new("Events are only of the container of returns", Subscription, "properties.filter.subjectBeginsWith", Is("\"/blobServices/default/containers/returns/\""), "\"/blobServices/default/containers/return\"", In: [Whole]),
        new("Events are filtered by the operation", Subscription, "properties.filter.advancedFilters.0.key", Is("\"data.api\""), "\"subject\"", "/uploads", [Whole]),
        new("Events are only of whole blobs", Subscription, "properties.filter.advancedFilters.0.values", Is("""["PutBlob","PutBlockList","CopyBlob","FlushWithClose"]"""), """["PutBlob"]""", "/uploads", [Whole]),
        new("Events that cannot be delivered are kept", Subscription, "properties.deadLetterWithResourceIdentity.deadLetterDestination.properties.blobContainerName", Is("\"dead-letter\""), null, In: [Whole]),
        new("An identity stores events that cannot be delivered", Subscription, "properties.deadLetterWithResourceIdentity.identity.type", Is("\"SystemAssigned\""), null, In: [Whole]),
        new("Delivery is retried for a day", Subscription, "properties.retryPolicy.eventTimeToLiveInMinutes", Is("1440"), "1", In: [Whole]),
        new("Events travel over TLS 1.2 or later", Subscription, "properties.destination.properties.minimumTlsVersionAllowed", Is("\"1.2\""), "\"1.0\"", "/uploads", [Whole]),

        // Telemetry and alerts
        new("Writes and deletions of blobs and tables are logged", "Microsoft.Insights/diagnosticSettings", "properties.logs", Logs("StorageWrite", "StorageDelete"), "[]", In: All),
        new("Reads of returns, reports and tables are logged", "Microsoft.Insights/diagnosticSettings", "properties.logs", Logs("StorageRead"), "[]", Private, All),
        new("Logs are read with Entra ID only", "Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", Is("true"), "false", In: All),
        new("Logs have a daily ceiling", "Microsoft.OperationalInsights/workspaces", "properties.workspaceCapping.dailyQuotaGb", AtMost(1), "-1", In: All),
        new("Telemetry is sent with Entra ID only", "Microsoft.Insights/components", "properties.DisableLocalAuth", Is("true"), "false", In: All),
        new("Telemetry is kept in Log Analytics", "Microsoft.Insights/components", "properties.IngestionMode", Is("\"LogAnalytics\""), "\"ApplicationInsights\"", In: All),
        new("A return that waits is an alert", LogAlert, "properties.criteria.allOf.0.query", ContainsAll("dasv.sweep", "Success == true", "Rows < 1"), "\"AppRequests\"", "return-stuck", All),
        new("One row is enough for an alert", LogAlert, "properties.criteria.allOf.0.threshold", Is("0"), "5", In: All),
        new("One evaluation is enough for an alert", LogAlert, "properties.criteria.allOf.0.failingPeriods.minFailingPeriodsToAlert", Is("1"), "6", In: All),
        new("Waiting returns are checked every 5 minutes", LogAlert, "properties.evaluationFrequency", Is("\"PT5M\""), "\"P1D\"", "return-stuck", All),
        new("A publish that failed is an alert", LogAlert, "properties.criteria.allOf.0.query", ContainsAll("dasv.publish", "Success == false"), "\"AppRequests\"", "publish-failed", All),
        new("A release that does not come is an alert", LogAlert, "properties.criteria.allOf.0.query", ContainsAll("dasv.release.days_overdue", "> 0"), "\"AppMetrics\"", "release-overdue", All),
        new("A stored file with personal data is an alert", LogAlert, "properties.criteria.allOf.0.query", ContainsAll("dasv.files.with_people", "> 0"), "\"AppMetrics\"", "personal-data-kept", All),
        new("An upload that fails again and again is an alert", LogAlert, "properties.criteria.allOf.0.query", ContainsAll("dasv.ingest", "Success == false", "Rows >= 5"), "\"AppDependencies\"", "upload-given-up", All),
        new("Undelivered events are an alert", MetricAlert, "properties.criteria.allOf.0.threshold", Is("0"), "1000", "DeadLetteredCount", All),
        new("Dropped events are an alert", MetricAlert, "properties.criteria.allOf.0.threshold", Is("0"), "1000", "DroppedEventCount", All),
        new("Alerts of logs are on", LogAlert, "properties.enabled", Is("true"), "false", In: All),
        new("Alerts of metrics are on", MetricAlert, "properties.enabled", Is("true"), "false", In: All),
        new("Alerts of metrics end by themselves", MetricAlert, "properties.autoMitigate", Is("true"), "false", In: All),
        new("Alerts on logs notify somebody", LogAlert, "properties.actions.actionGroups.0", Something, "null", In: [Whole]),
        new("Alerts on undelivered events notify somebody", MetricAlert, "properties.actions.0.actionGroupId", Something, null, In: [Whole]),
        new("There is a page for operations", "Microsoft.Insights/workbooks", "properties.serializedData", Something, null, In: All),

        new("Resources have the tags of the deployment", Account, "tags.application", Is("\"DasvPipeline\""), null, In: All),

        // Money
        new("A month has a budget", "Microsoft.Consumption/budgets", "properties.amount", AtMost(50), "5000", In: All),
        new("Somebody is notified before the budget is spent", "Microsoft.Consumption/budgets", "properties.notifications.Spent.threshold", AtMost(80), "200", In: All),
        new("Somebody is notified when the forecast exceeds the budget", "Microsoft.Consumption/budgets", "properties.notifications.Foreseen.enabled", Is("true"), "false", In: All),
    ];

    private static bool Something(JsonNode? node) => node is JsonValue value && value.ToString().Length > 0;

    /// <summary>Holds if every one of these categories is on.</summary>
    private static Predicate<JsonNode?> Logs(params string[] categories) => node => node is JsonArray logs && categories.All(category => logs.Any(log => (string?)log!["category"] == category && (bool)log["enabled"]!));

    private static Predicate<JsonNode?> Is(string json) => node => JsonNode.DeepEquals(node, JsonNode.Parse(json));

    private static Predicate<JsonNode?> AtLeast(int least) => node => node is JsonValue value && value.GetValue<int>() >= least;

    private static Predicate<JsonNode?> AtMost(int most) => node => node is JsonValue value && value.GetValue<int>() is > 0 and var number && number <= most;

    private static Predicate<JsonNode?> ContainsAll(params string[] words) => node => words.All(word => ((string?)node)?.Contains(word, StringComparison.Ordinal) == true);
}
