namespace AiBms.Trials.Browser;

/// <summary>One browser and one demo for all that need them, one trial after the other: several at once would starve each other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "browser";
}
