using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AiBms.Telemetry.Can;

/// <summary>A CAN interface of Linux: frames in and out through a raw socket.</summary>
/// <remarks>Source: the kernel's Documentation/networking/can.rst; struct can_frame has 16 bytes, struct canfd_frame 72.</remarks>
public sealed class SocketCan : ICanSource, ICanSink
{
    const int FrameSize = 16, FdFrameSize = 72, DataAt = 8, RawLevel = 101, FdFrames = 5;
    const uint RemoteFlag = 0x4000_0000, ErrorFlag = 0x2000_0000;

    readonly Socket _socket;
    readonly TimeProvider _time;
    readonly long _origin;
    readonly byte[] _in = new byte[FdFrameSize], _out = new byte[FrameSize];

    /// <param name="name">The interface, such as can0.</param>
    /// <param name="time">Clock that frames are stamped by.</param>
    /// <exception cref="DataException">There is no such interface, or this machine has no CAN.</exception>
    public SocketCan(string name, TimeProvider time)
    {
        (_time, _origin) = (time, time.GetTimestamp());
        string path = $"/sys/class/net/{name}/ifindex";
        if (name.Contains('/', StringComparison.Ordinal) || !File.Exists(path)) throw new DataException($"There is no interface {name}: bring it up (ip link set {name} up type can bitrate 500000), or name another by source.interface.");
        try
        {
            _socket = new(AddressFamily.ControllerAreaNetwork, SocketType.Raw, ProtocolType.Raw) { Blocking = false };
            _socket.SetRawSocketOption(RawLevel, FdFrames, [1, 0, 0, 0]);
            _socket.Bind(new CanEndPoint(int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture)));
        }
        catch (SocketException problem)
        {
            _socket?.Dispose();
            throw new DataException($"The interface {name} cannot be used for CAN ({problem.Message.TrimEnd('.')}): is it one, and is it up?", problem);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(out CanFrame frame)
    {
        while (true)
        {
            int count = _socket.Receive(_in, SocketFlags.None, out var error);
            if (error is SocketError.WouldBlock or SocketError.NetworkDown)
            {
                frame = default;
                return false;
            }

            if (error != SocketError.Success) throw new SocketException((int)error);
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(_in);
            int length = Math.Min((int)_in[4], count - DataAt);
            if (count < FrameSize || (id & (RemoteFlag | ErrorFlag)) != 0) continue;
            bool isExtended = (id & CanFrame.ExtendedFlag) != 0;
            frame = new(_time.GetElapsedTime(_origin).TotalSeconds, id & 0x1FFF_FFFF, isExtended, _in.AsMemory(DataAt, length));
            return true;
        }
    }

    /// <inheritdoc/>
    public void Send(uint key, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, FrameSize - DataAt);
        Array.Clear(_out);
        BinaryPrimitives.WriteUInt32LittleEndian(_out, key);
        _out[4] = (byte)data.Length;
        data.CopyTo(_out.AsSpan(DataAt));
        // A full queue is a bus that nobody acknowledges on: the next command comes with the next step.
        _socket.Send(_out, SocketFlags.None, out _);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>struct sockaddr_can: family, two bytes of nothing, number of the interface, sixteen bytes of nothing.</summary>
    sealed class CanEndPoint(int index) : EndPoint
    {
        const int Size = 24;

        public override AddressFamily AddressFamily => AddressFamily.ControllerAreaNetwork;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily, Size);
            for (int k = 0; k < sizeof(int); k++) address[4 + k] = (byte)(index >> (8 * k));
            return address;
        }
    }
}
