using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Mqtt;

/// <summary>The topic tree: <c>aibms/v1/PACK/…</c>.</summary>
public static class Topics
{
    /// <summary>Before every topic.</summary>
    public const string Root = "aibms/v1/";

    /// <summary>Batches of records, agent to server, QoS 1.</summary>
    public static string Batch(string pack) => Root + pack + "/batch";

    /// <summary>What became of a batch that came through a broker, server to agent, QoS 1.</summary>
    public static string Answer(string pack) => Root + pack + "/answer";

    /// <summary>Commands, server to agent, QoS 1, JSON.</summary>
    public static string Command(string pack) => Root + pack + "/command";

    /// <summary>The last state, JSON, retained.</summary>
    public static string State(string pack) => Root + pack + "/state";

    /// <summary>The pack of a batch topic; null where it is another topic.</summary>
    public static string? PackOfBatch(string topic) => PackOf(topic, "/batch");

    static string? PackOf(string topic, string end)
    {
        if (!topic.StartsWith(Root, StringComparison.Ordinal) || !topic.EndsWith(end, StringComparison.Ordinal) || topic.Length <= Root.Length + end.Length) return null;
        string pack = topic[Root.Length..^end.Length];
        return PackIds.IsValid(pack) ? pack : null;
    }
}
