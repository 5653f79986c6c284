using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>The parameter sets of the repository.</summary>
static class PhysicsSets
{
    public static string Folder => Path.Combine(House.Repo.Root, "cells", "physics");

    public static ParameterSet Of(string id) => ParameterSetReader.Read(File.ReadAllText(Path.Combine(Folder, id + ".json")));
}
