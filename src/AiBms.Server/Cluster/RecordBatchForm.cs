using AiBms.Telemetry.Frames;

namespace AiBms.Server.Cluster;

/// <summary>A batch between servers: as it is on the wire of packs.</summary>
[GenerateSerializer, Alias("aibms.batch")]
struct RecordBatchForm
{
    [Id(0)]
    public byte[] Bytes;
}

/// <summary>Makes one of the other.</summary>
[RegisterConverter]
sealed class RecordBatchConverter : IConverter<RecordBatch, RecordBatchForm>
{
    public RecordBatch ConvertFromSurrogate(in RecordBatchForm surrogate) => RecordBatch.Of(surrogate.Bytes);

    public RecordBatchForm ConvertToSurrogate(in RecordBatch value) => new() { Bytes = value.ToBytes() };
}
