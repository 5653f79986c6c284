using System.Reflection;

namespace AiBms.Training;

/// <summary>Where native libraries lie in the package cache, written into the program when it was built.</summary>
static class PackageFolder
{
    /// <param name="key">Name that the project file gives it.</param>
    public static string Of(string key) =>
        typeof(PackageFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(entry => entry.Key == key).Value!;
}
