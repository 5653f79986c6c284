using System.Data.Common;
using System.Security.Cryptography.X509Certificates;
using AiBms.Server.Audit;
using AiBms.Server.Ingest;
using AiBms.Telemetry.Devices;

namespace AiBms.Server.Devices;

/// <summary>Says whose a certificate is, or why it is turned away.</summary>
sealed class Gatekeeper(DeviceAuthority authority, DeviceBook book, AuditLog audit, ServerFigures figures, TimeProvider time)
{
    /// <summary>The device of a certificate; null where it is turned away, which is counted and written into the audit log.</summary>
    /// <param name="certificate">As the client showed it; that it has the key, TLS has seen to.</param>
    /// <param name="from">Its address.</param>
    /// <param name="why">Why it is turned away, a sentence.</param>
    public Device? Admit(X509Certificate2? certificate, string from, out string why)
    {
        var device = Look(certificate, out why);
        if (device is not null) return device;
        figures.Refuse(why);
        audit.Refused(from, "certificate", certificate is null ? "" : certificate.SerialNumber, why);
        return null;
    }

    /// <summary>True while a certificate that was let in still holds.</summary>
    public bool Lasts(Device device) => time.GetUtcNow() <= device.Until && book.Find(device.Serial) is { RevokedAt: null };

    Device? Look(X509Certificate2? certificate, out string why)
    {
        why = "There is no certificate: enrol the pack, and connect with what it got.";
        if (certificate is null) return null;
        var now = time.GetUtcNow();
        why = $"The certificate ended on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC: enrol the pack again.";
        if (now.UtcDateTime > certificate.NotAfter.ToUniversalTime()) return null;
        why = "The certificate is not one of this server's authority, or not for a pack.";
        if (!DeviceNames.IsOf(certificate, authority.Root, KeyUses.Client, now) || DeviceNames.PackOf(certificate) is not { } pack) return null;
        why = $"The certificate {certificate.SerialNumber} was not given out by this server.";
        if (Known(certificate.SerialNumber) is not { } device || device.Pack != pack) return null;
        why = $"The certificate of {pack} was revoked on {device.RevokedAt:yyyy-MM-dd HH:mm} UTC by {device.RevokedBy}.";
        if (device.RevokedAt is not null) return null;
        why = "";
        return device;
    }

    /// <summary>One that is not known may have been given out by another server a moment ago.</summary>
    Device? Known(string serial)
    {
        if (book.Find(serial) is { } device) return device;
        try
        {
            book.Refresh();
        }
        catch (DbException)
        {
            // It comes again, as agents do.
        }

        return book.Find(serial);
    }
}
