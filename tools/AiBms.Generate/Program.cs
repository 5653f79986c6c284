using AiBms.Generate;

// Writes every generated file of the fault catalogue: dotnet run --project tools/AiBms.Generate
// Coasts and borders of the map: dotnet run --project tools/AiBms.Generate -- outlines countries-50m.json (npm: world-atlas 2.0.2)
string root = Directory.GetCurrentDirectory();
if (!File.Exists(Path.Combine(root, FaultFiles.Source)))
{
    Console.Error.WriteLine($"generate: {FaultFiles.Source} is not below {root}; run it from the project's root folder");
    return 2;
}

if (args is ["outlines", var source])
{
    File.WriteAllText(Path.Combine(root, Outlines.Path), Outlines.Of(File.ReadAllText(source)));
    Console.Out.WriteLine(Outlines.Path);
    return 0;
}

foreach ((string path, string content) in FaultFiles.All(File.ReadAllText(Path.Combine(root, FaultFiles.Source))))
{
    File.WriteAllText(Path.Combine(root, path), content);
    Console.Out.WriteLine(path);
}

return 0;
