using AiBms.Server.Devices;

namespace AiBms.Tests.Server.Books;

/// <summary>Devices in a file of the server.</summary>
public sealed class DeviceBookTests : DeviceBookContract, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-devices-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override DeviceBook Open() => new(DeviceBook.InFile(Path.Combine(_folder, "devices.db")), Clock);
}
