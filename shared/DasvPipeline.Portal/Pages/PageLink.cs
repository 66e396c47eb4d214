namespace DasvPipeline.Portal.Pages;

public sealed record PageLink(string Path, string Text);
