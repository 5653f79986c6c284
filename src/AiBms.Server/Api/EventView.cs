using AiBms.Server.Fleet;
using AiBms.Storage;

namespace AiBms.Server.Api;

/// <summary>An event with its words.</summary>
sealed record EventView(long Id, string Pack, string Fault, string Level, string Text, string Advice, int Where, double Value, double Threshold, string Unit, long RaisedMs, long? ClearedMs, long? AcknowledgedMs, string AcknowledgedBy, string Comment)
{
    static readonly string[] s_levels = ["Info", "Warning", "Fatal"];

    public static EventView Of(StoredEvent e)
    {
        return new(
            e.Id, e.PackId, Words.Name(e), s_levels[Math.Clamp(Words.Level(e), 1, 3) - 1], Words.Sentence(e), Words.Advice(e), e.Where, e.MeasuredValues[0], e.MeasuredValues[1], e.Rule?.Unit ?? Words.Row(e.FaultCode)?.Unit ?? "", e.RaisedMs, e.ClearedMs,
            e.AcknowledgedMs, e.AcknowledgedBy, e.Comment);
    }
}
