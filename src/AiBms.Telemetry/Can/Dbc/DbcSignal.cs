namespace AiBms.Telemetry.Can.Dbc;

/// <summary>A signal of a message: where its bits are and what they mean. Physical = raw · factor + offset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StartBit">Intel: its lowest bit. Motorola: its highest. Counted as byte · 8 + bit, bit 0 the lowest of a byte.</param>
/// <param name="Length">Bits, 1 to 64.</param>
/// <param name="IsIntel">True where the lowest byte comes first.</param>
/// <param name="Form">How the raw bits are read.</param>
/// <param name="Factor">Physical step.</param>
/// <param name="Offset">Physical value of raw 0.</param>
/// <param name="Unit">Unit as the file has it.</param>
public sealed record DbcSignal(string Name, int StartBit, int Length, bool IsIntel, DbcForm Form, double Factor, double Offset, string Unit)
{
    /// <summary>The signal that says whether this one is in a frame; null where it always is.</summary>
    public string? Multiplexor { get; init; }

    /// <summary>Raw values of the multiplexor with which it is there, first and last of each range.</summary>
    public IReadOnlyList<(ulong First, ulong Last)> Ranges { get; init; } = [];

    /// <summary>Bytes that a frame must have for it to be there.</summary>
    public int BytesNeeded => IsIntel ? (StartBit + Length + 7) / 8 : StartBit / 8 + 1 + Math.Max(0, Length - StartBit % 8 - 1 + 7) / 8;

    /// <summary>Its bits as a whole number, unsigned.</summary>
    /// <param name="data">At least <see cref="BytesNeeded"/> bytes.</param>
    public ulong Raw(ReadOnlySpan<byte> data)
    {
        ulong raw = 0;
        int at = StartBit;
        for (int k = 0; k < Length; k++)
        {
            ulong bit = (ulong)(data[at >> 3] >> (at & 7) & 1);
            raw = IsIntel ? raw | bit << k : raw << 1 | bit;
            at = Next(at);
        }

        return raw;
    }

    /// <summary>Its physical value, in its unit.</summary>
    /// <param name="data">At least <see cref="BytesNeeded"/> bytes.</param>
    public double Physical(ReadOnlySpan<byte> data)
    {
        ulong raw = Raw(data);
        double number = Form switch
        {
            DbcForm.TwosComplement => (long)(raw << (64 - Length)) >> (64 - Length),
            DbcForm.Real32 => BitConverter.UInt32BitsToSingle((uint)raw),
            DbcForm.Real64 => BitConverter.UInt64BitsToDouble(raw),
            _ => raw,
        };
        return number * Factor + Offset;
    }

    /// <summary>Puts a physical value in, cut to what its bits can hold.</summary>
    /// <param name="physical">In the signal's unit.</param>
    /// <param name="data">At least <see cref="BytesNeeded"/> bytes; other bits stay.</param>
    public void Write(double physical, Span<byte> data)
    {
        double steps = (physical - Offset) / Factor;
        ulong raw = Form switch
        {
            DbcForm.Real32 => BitConverter.SingleToUInt32Bits((float)steps),
            DbcForm.Real64 => BitConverter.DoubleToUInt64Bits(steps),
            DbcForm.TwosComplement => (ulong)(long)Math.Clamp(Math.Round(steps), -Math.Pow(2, Length - 1), Math.Pow(2, Length - 1) - 1),
            _ => (ulong)Math.Clamp(Math.Round(steps), 0, Math.Pow(2, Length) - 1),
        };
        int at = StartBit;
        for (int k = 0; k < Length; k++)
        {
            ulong bit = raw >> (IsIntel ? k : Length - 1 - k) & 1;
            data[at >> 3] = (byte)(data[at >> 3] & ~(1 << (at & 7)) | (int)bit << (at & 7));
            at = Next(at);
        }
    }

    /// <summary>True where a multiplexor's raw value brings this signal.</summary>
    public bool IsIn(ulong multiplexor)
    {
        foreach (var (first, last) in Ranges)
            if (multiplexor >= first && multiplexor <= last) return true;
        return false;
    }

    int Next(int at)
    {
        if (IsIntel) return at + 1;
        return (at & 7) == 0 ? at + 15 : at - 1;
    }
}
