using AiBms.Agent.Host;
using Markdig;

namespace AiBms.Server.Fleet;

/// <summary>The cards of the trained models that ship: data, split, scores, range of validity.</summary>
sealed class ModelCards
{
    public ModelCards()
    {
        string? folder = AgentHome.Locate() is { } home ? Path.Combine(home, "models") : null;
        if (folder is null || !Directory.Exists(folder)) return;
        var markdown = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();
        All = [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), Markdown.ToHtml(File.ReadAllText(file), markdown)))];
    }

    /// <summary>Name and card as HTML.</summary>
    public IReadOnlyList<(string Name, string Html)> All { get; } = [];
}
