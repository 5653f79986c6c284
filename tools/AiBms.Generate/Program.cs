using AiBms.Generate;

// Writes every generated file of the fault catalogue: dotnet run --project tools/AiBms.Generate
string root = Directory.GetCurrentDirectory();
if (!File.Exists(Path.Combine(root, FaultFiles.Source)))
{
    Console.Error.WriteLine($"generate: {FaultFiles.Source} is not below {root}; run it from the project's root folder");
    return 2;
}

foreach ((string path, string content) in FaultFiles.All(File.ReadAllText(Path.Combine(root, FaultFiles.Source))))
{
    File.WriteAllText(Path.Combine(root, path), content);
    Console.Out.WriteLine(path);
}

return 0;
