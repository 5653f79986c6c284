using System.CommandLine;

namespace AiBms.Server;

/// <summary>A verb with examples for its help.</summary>
sealed class ServerVerb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
