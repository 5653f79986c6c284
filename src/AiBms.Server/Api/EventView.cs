using AiBms.Server.Fleet;
using AiBms.Storage;

namespace AiBms.Server.Api;

/// <summary>An event with its words.</summary>
sealed record EventView(long Id, string Pack, string Fault, string Level, string Text, string Advice, int Where, double Value, double Threshold, string Unit, long RaisedMs, long? ClearedMs, long? AcknowledgedMs, string AcknowledgedBy, string Comment)
{
    public static EventView Of(StoredEvent e)
    {
        var row = Words.Row(e.FaultCode);
        return new(
            e.Id, e.PackId, row?.Id ?? "", row?.Level.ToString() ?? "", Words.Sentence(e), Words.Advice(e), e.Where, e.MeasuredValues[0], e.MeasuredValues[1], row?.Unit ?? "", e.RaisedMs, e.ClearedMs,
            e.AcknowledgedMs, e.AcknowledgedBy, e.Comment);
    }
}
