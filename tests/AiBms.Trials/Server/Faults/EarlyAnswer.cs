namespace AiBms.Trials.Server.Faults;

/// <summary>A planted mistake: says of every batch at once that it is durable, as a server would that acknowledges before it commits. Reads MQTT 5 on its way.</summary>
sealed class EarlyAnswer
{
    const int Publish = 3, PublishAcknowledged = 4;

    readonly List<byte> _waiting = [];

    /// <summary>Takes bytes of one direction.</summary>
    /// <param name="bytes">As they came.</param>
    /// <param name="isFromPack">From the pack to the server.</param>
    /// <returns>What goes on, and what is said to the pack in the server's place.</returns>
    public (byte[] Onward, byte[] Said) Take(ReadOnlySpan<byte> bytes, bool isFromPack)
    {
        _waiting.AddRange(bytes);
        List<byte> onward = [], said = [];
        while (Length(out int head) is { } length && _waiting.Count >= head + length)
        {
            byte[] packet = [.. _waiting[..(head + length)]];
            _waiting.RemoveRange(0, packet.Length);
            int kind = packet[0] >> 4;
            // Its own acknowledgements are kept back: they were said.
            if (isFromPack || kind != PublishAcknowledged) onward.AddRange(packet);
            if (!isFromPack || kind != Publish || (packet[0] & 6) == 0) continue;
            int topic = head + 2 + (packet[head] << 8 | packet[head + 1]);
            said.AddRange([PublishAcknowledged << 4, 2, packet[topic], packet[topic + 1]]);
        }

        return ([.. onward], [.. said]);
    }

    /// <returns>Bytes after the head of the first packet; null where that is not all there.</returns>
    int? Length(out int head)
    {
        int length = 0;
        for (head = 1; head < _waiting.Count && head <= 4; head++)
        {
            length |= (_waiting[head] & 127) << (7 * (head - 1));
            if (_waiting[head] < 128)
            {
                head++;
                return length;
            }
        }

        return null;
    }
}
