using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Telemetry.Devices;

/// <summary>A way to the server by certificate that gets itself the next one in good time.</summary>
/// <remarks>While renewing fails it goes on with the certificate it has, and tries again each hour: a server that cannot renew just now may still take batches.</remarks>
public sealed class RenewingLink : IBatchLink
{
    static readonly TimeSpan s_again = TimeSpan.FromHours(1);

    readonly string _folder;
    readonly Func<DeviceCredentials, IBatchLink> _make;
    readonly TimeProvider _time;
    readonly Action<string> _say;
    DeviceCredentials _credentials;
    IBatchLink _link;
    long? _triedAt;

    /// <param name="folder">The folder of the credentials.</param>
    /// <param name="make">Makes a link that uses them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Takes sentences for people.</param>
    /// <exception cref="DataException">The credentials cannot be used.</exception>
    public RenewingLink(string folder, Func<DeviceCredentials, IBatchLink> make, TimeProvider time, Action<string> say)
    {
        (_folder, _make, _time, _say) = (folder, make, time, say);
        _credentials = DeviceCredentials.Read(folder, time);
        _link = make(_credentials);
    }

    /// <inheritdoc/>
    public string LastProblem => _link.LastProblem;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop)
    {
        if (_credentials.IsOld && (_triedAt is not { } at || _time.GetElapsedTime(at) > s_again)) await RenewAsync(stop).ConfigureAwait(false);
        return await _link.SendAsync(batch, stop).ConfigureAwait(false);
    }

    async Task RenewAsync(CancellationToken stop)
    {
        _triedAt = _time.GetTimestamp();
        try
        {
            await new Enrolment(_time).RenewAsync(_credentials, stop).ConfigureAwait(false);
            var (before, old) = (_credentials, _link);
            _credentials = DeviceCredentials.Read(_folder, _time);
            _link = _make(_credentials);
            await old.DisposeAsync().ConfigureAwait(false);
            before.Dispose();
            _say($"the certificate was renewed, it holds until {_credentials.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
        }
        catch (Exception problem) when (problem is DataException or IOException or UnauthorizedAccessException)
        {
            _say($"the certificate could not be renewed: {problem.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync().ConfigureAwait(false);
        _credentials.Dispose();
    }
}
