using System.Buffers;
using System.Formats.Cbor;
using System.Net;
using System.Text;
using AiBms.Agent.Live;
using AiBms.Agent.Protection;
using AiBms.Agent.Settings;
using AiBms.Server.Api;
using AiBms.Server.Ingest.Mqtt;
using AiBms.Telemetry;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Fuzz;

/// <summary>Every parser that meets the network, a bus, or a file that somebody else wrote.</summary>
static class FuzzTargets
{
    /// <param name="home">The folder of the project, for good DBC files, maps and settings.</param>
    /// <param name="folder">An empty folder; in memory where there is one.</param>
    public static IReadOnlyList<FuzzTarget> All(string home, string folder) =>
    [
        new("batch (CBOR)", 6, [Batch(1), Batch(7), Batch(60)], b => RecordBatch.Of(b), Checked),
        new("frame (CBOR)", 5, Frames(), b => PackFrame.Of(b)),
        new("estimates (CBOR)", 3, [new PackEstimates { CellSoc = [0.5, 0.6], HealthValues = [1, 2, 3], LowCells = [1, 2] }.ToBytes()], b => PackEstimates.Of(b)),
        new("card (CBOR)", 2, [new PackCard { Name = "n", Layout = "l", SeriesCount = 96, ParallelCount = 2, Modules = ["a", "b"], ModuleValues = [1, 2, 3, 4] }.ToBytes()], b => PackCard.Of(b)),
        new("fault (CBOR)", 2, [new FaultEvent { FaultCode = 3, Begins = true, MeasuredValues = [4.2, 4.1] }.ToBytes()], b => FaultEvent.Of(b)),
        new("gap (CBOR)", 1, [new GapNote { MissingCount = 5, Why = "full" }.ToBytes()], b => GapNote.Of(b)),
        new("answer (CBOR)", 1, [new BatchAnswer(7, 9, "").ToBytes(), new BatchAnswer(7, 9, "no").ToBytes()], b => BatchAnswer.Of(b)),
        new("MQTT packets", 6, Packets(), Mqtt),
        new("order (JSON)", 3, [new PackOrder { IsRestart = true, Fault = "x" }.ToBytes(), Text("{\"mode\":\"Eco\"}")], b => PackOrder.Of(b)),
        new("agent settings (JSON)", 2, [Text("""{"pack":{"id":"car-1","layout":"ev_96s2p_immersion"},"source":{"kind":"Simulator"},"journal":{"path":"j.db"},"server":{"url":"mqtts://a:1","user":"u"}}""")], b => AgentSettingsFile.Parse(b, "agent.json", folder)),
        new("protection settings (JSON)", 1, [.. Directory.GetFiles(Path.Combine(home, "packs", "protection"), "*.json").Select(File.ReadAllBytes)], Protection),
        new("form", 2, [Text("name=eve&secret=long+enough+1&back=%2Fpacks%2Fcar-1&__RequestVerificationToken=CfDJ8LhaAEPm6MNPqk5yny"), Text("a=%C3%84&b=%00&c&=d&&%zz=%u0041")], b => FormBody.Read(b)),
        new("DBC", 2, [[.. File.ReadAllBytes(Path.Combine(home, "packs", "can", "ev_96s2p_immersion.dbc")).Take(3000)], Text("VERSION \"\"\nBO_ 256 Pack: 8 A\n SG_ U : 0|16@1+ (0.1,0) [0|500] \"V\" B\n SG_ M M : 16|8@1+ (1,0) [0|9] \"\" B\n SG_ C m1 : 24|12@0- (0.001,-1) [0|5] \"V\" B\nSIG_VALTYPE_ 256 U : 0;\n")], b => Dbc(b)),
        new("candump", 2, [Text("(1436509052.249713) can0 044#2A366C2BBA\n(1436509052.3) can0 1F334455#R\n(1.5) vcan0 123##1AABB\n")], b => Drain(new CandumpReader(new StreamReader(new MemoryStream(b)), "a.log"))),
        new("BLF", 2, [Blf()], b => Drain(new BlfReader(new MemoryStream(b), "a.blf"))),
        .. RestTargets.All(folder),
    ];

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Batch(int records) => new RecordBatch("car-1", 7, [.. Enumerable.Range(1, records).Select(n => new Record(n, n, RecordKind.Frame, 1000 * n, Frames()[n % 2]))]).ToBytes();

    static byte[][] Frames() =>
    [
        new PackFrame { ProtectionCode = 2, CurrentA = -20, VoltageV = 355, Soc = 0.5, CellVoltageV = [.. Enumerable.Range(0, 96).Select(n => 3.7 + 0.001 * n)], ProbeDegC = [20, 21, 22], NotGood = [1, 0, 2], ChargeLimitValues = [1, 2, 3] }.ToBytes(),
        new PackFrame { CurrentA = 3, HotSpotCell = 5, Bleeding = [1] }.ToBytes(),
    ];

    /// <summary>A changed list of records in an envelope whose checksum is right: else no change would come further than that.</summary>
    static byte[] Checked(byte[] changed)
    {
        byte[] records = changed;
        try
        {
            CborReader reader = new(changed, CborConformanceMode.Lax);
            reader.ReadStartArray();
            for (int k = 0; k < 4; k++) reader.SkipValue();
            records = reader.ReadByteString();
        }
        catch (Exception none) when (none is CborContentException or InvalidOperationException)
        {
            // The envelope itself is broken: then it is the list.
        }

        CborWriter outer = new();
        outer.WriteStartArray(5);
        outer.WriteInt32(RecordBatch.Version);
        outer.WriteTextString("car-1");
        outer.WriteInt64(7);
        outer.WriteUInt32(Checksums.Of(7, "car-1"u8, records));
        outer.WriteByteString(records);
        outer.WriteEndArray();
        return outer.Encode();
    }

    static byte[][] Packets()
    {
        MqttPacket[] packets =
        [
            new MqttConnectPacket { ClientId = "aibms-car-1", KeepAlivePeriod = 15, Username = "u", Password = [1, 2], WillFlag = true, WillTopic = "t", WillMessage = [1] },
            new MqttPublishPacket { Topic = "aibms/v1/car-1/batch", PacketIdentifier = 7, QualityOfServiceLevel = MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, PayloadSegment = Frames()[1], UserProperties = [new("a", "b"u8.ToArray())] },
            new MqttSubscribePacket { PacketIdentifier = 8, TopicFilters = [new MqttTopicFilter { Topic = "aibms/v1/car-1/command" }] },
            new MqttPubAckPacket { PacketIdentifier = 9 },
            MqttPingReqPacket.Instance,
            new MqttDisconnectPacket(),
        ];
        return [.. new[] { MqttProtocolVersion.V311, MqttProtocolVersion.V500 }.Select(version =>
        {
            using MemoryStream all = new();
            foreach (var packet in packets)
            {
                var buffer = new MqttPacketFormatterAdapter(version, new MqttBufferWriter(4096, 65535)).Encode(packet);
                foreach (var piece in buffer.Join()) all.WriteByte(piece);
            }

            return all.ToArray();
        })];
    }

    /// <summary>Through the server's own channel and the library's parser, packet after packet, until it says no or the input ends.</summary>
    static void Mqtt(byte[] input)
    {
        using GuardedChannel channel = new(new MemoryStream(input), new IPEndPoint(0, 1), new IPEndPoint(0, 2), null, false, new(), TimeProvider.System, _ => { });
        using MqttChannelAdapter adapter = new(channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(4096, 65535)), MqttNetNullLogger.Instance);
        try
        {
            while (adapter.ReceivePacketAsync(CancellationToken.None).GetAwaiter().GetResult() is not null)
            {
            }
        }
        catch (Exception refused) when (refused is MqttProtocolViolationException or MqttCommunicationException or IOException or NotSupportedException)
        {
            throw new DataException("refused: " + refused.Message, refused);
        }
    }

    static void Protection(byte[] json)
    {
        try
        {
            ProtectionFile.Parse(json, "protection.json");
        }
        catch (FormatException problem)
        {
            throw new DataException(problem.Message, problem);
        }
    }

    static void Dbc(byte[] text)
    {
        var file = new DbcParser("a.dbc").Parse(Encoding.UTF8.GetString(text).Split('\n'));
        Span<byte> data = stackalloc byte[8];
        data.Fill(0xA5);
        foreach (var message in file.Messages)
            foreach (var signal in message.Signals)
                if (message.Has(signal, data)) _ = signal.Physical(data);
    }

    static void Drain(ICanSource source)
    {
        using var closed = source as IDisposable;
        for (int k = 0; k < 10_000 && source.TryRead(out _); k++)
        {
        }
    }

    /// <summary>A header of 144 bytes, one deflated container with two messages, and a message in the open.</summary>
    static byte[] Blf()
    {
        using MemoryStream inner = new(), packed = new(), all = new();
        for (int n = 0; n < 2; n++) Message(inner, n);
        using (System.IO.Compression.ZLibStream zip = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) zip.Write(inner.ToArray());
        all.Write("LOGG"u8);
        all.Write(BitConverter.GetBytes(144));
        all.Write(new byte[136]);
        Head(all, 10, 32 + (int)packed.Length, 16);
        all.Write(BitConverter.GetBytes((ushort)2));
        all.Write(new byte[6]);
        all.Write(BitConverter.GetBytes((int)inner.Length));
        all.Write(new byte[4]);
        all.Write(packed.ToArray());
        all.Write(new byte[packed.Length % 4]);
        Message(all, 3);
        return all.ToArray();
    }

    static void Message(Stream to, int n)
    {
        Head(to, 1, 48, 32);
        to.Write(BitConverter.GetBytes(2));
        to.Write(new byte[4]);
        to.Write(BitConverter.GetBytes(1_000_000_000L * n));
        to.Write([1, 0, 0, 8]);
        to.Write(BitConverter.GetBytes(0x123 + n));
        to.Write([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    static void Head(Stream to, int kind, int size, short headSize)
    {
        to.Write("LOBJ"u8);
        to.Write(BitConverter.GetBytes(headSize));
        to.Write(BitConverter.GetBytes((short)1));
        to.Write(BitConverter.GetBytes(size));
        to.Write(BitConverter.GetBytes(kind));
    }
}
