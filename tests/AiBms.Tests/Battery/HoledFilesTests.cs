using System.Text;
using System.Text.Json.Nodes;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Thermal.Fluids;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery;

/// <summary>Every key of every shipped file set to null, to a number, to a text and to an empty list: one sentence that names a key, or a usable file, never a crash.</summary>
public class HoledFilesTests
{
    public static TheoryData<string> Files => [.. new[] { "packs", "packs/protection", "cells", "fluids" }.SelectMany(folder => Directory.GetFiles(Repo.At(folder), "*.json").Select(path => $"{folder}/{Path.GetFileName(path)}")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void AHoleIsASentenceOrAUsableFile(string file)
    {
        string json = File.ReadAllText(Repo.At(file)), name = Path.GetFileName(file);
        Assert.Null(Fault(file, name, json));
        foreach (string place in Places(JsonNode.Parse(json)!, ""))
        {
            foreach (string put in (string[])["null", "-1", "\"x\"", "[]", "{}"])
            {
                string holed = With(json, place, JsonNode.Parse(put));
                if (Fault(file, name, holed) is not { } sentence) continue;
                Assert.StartsWith(name, sentence, StringComparison.Ordinal);
                Assert.DoesNotContain("AiBms.", sentence, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', sentence);
            }

            // Where null is refused the sentence names the key.
            if (Fault(file, name, With(json, place, null)) is { } refused) Assert.Contains(place.Split('/')[^1] is var last && char.IsAsciiDigit(last[0]) ? place.Split('/')[^2] : last, refused, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("wiring"), InlineData("id"), InlineData("name"), InlineData("source"), InlineData("sensors"), InlineData("contactors"), InlineData("balancing"), InlineData("cooling"), InlineData("cell"), InlineData("modules"), InlineData("modules/0"), InlineData("probes"), InlineData("probes/0"), InlineData("probes/0/id")]
    public void WhatAPackNeedsMustNotBeNull(string place)
    {
        string json = File.ReadAllText(Repo.At("packs/module_12s_coldplate.json"));
        Assert.Contains("must not be null", Assert.Throws<FormatException>(() => PackFile.Parse(Encoding.UTF8.GetBytes(With(json, place, null)), "p.json")).Message, StringComparison.Ordinal);
    }

    /// <summary>The sentence that refuses a file; null where it is usable.</summary>
    static string? Fault(string file, string name, string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        try
        {
            if (file.StartsWith("packs/protection", StringComparison.Ordinal)) ProtectionFile.Parse(bytes, name);
            else if (file.StartsWith("packs", StringComparison.Ordinal)) PackFile.Parse(bytes, name);
            else if (file.StartsWith("cells", StringComparison.Ordinal)) CellFile.Parse(bytes, name);
            else FluidCatalogue.Parse(bytes, name);
            return null;
        }
        catch (Exception problem) when (problem is FormatException or CellException)
        {
            return problem.Message;
        }
    }

    /// <summary>Paths of all keys, and of the first entry of every list.</summary>
    static IEnumerable<string> Places(JsonNode node, string at)
    {
        IEnumerable<(string Key, JsonNode? Value)> inside = node switch
        {
            JsonObject keys => keys.Select(pair => (pair.Key, pair.Value)),
            JsonArray { Count: > 0 } list => [("0", list[0])],
            _ => [],
        };
        foreach (var (key, value) in inside)
        {
            string place = at.Length == 0 ? key : $"{at}/{key}";
            yield return place;
            if (value is null) continue;
            foreach (string deeper in Places(value, place)) yield return deeper;
        }
    }

    static string With(string json, string place, JsonNode? put)
    {
        var root = JsonNode.Parse(json)!;
        string[] steps = place.Split('/');
        JsonNode parent = root;
        foreach (string step in steps[..^1]) parent = parent is JsonArray list ? list[0]! : parent[step]!;
        if (parent is JsonArray entries) entries[0] = put;
        else parent[steps[^1]] = put;
        return root.ToJsonString();
    }
}
