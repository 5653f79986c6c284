using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace AiBms.Tests.House;

public class UnitNameTests
{
    [Fact]
    public void EveryPublicNumberSaysItsUnit()
    {
        var assemblies = Directory.EnumerateFiles(AppContext.BaseDirectory, "AiBms.*.dll")
            .Where(f => !Path.GetFileName(f).StartsWith("AiBms.Tests", StringComparison.Ordinal)).Select(Assembly.LoadFrom)
            .Where(a => !UnitNames.Exempt.ContainsKey(a.GetName().Name!)).ToList();
        Assert.Contains(assemblies, a => a.GetName().Name == "AiBms.Battery");
        string[] silent = [.. assemblies.SelectMany(SilentNumbers).Distinct().Order(StringComparer.Ordinal)];
        Assert.True(silent.Length == 0, "no unit in the name (rename, or add a word to tests/AiBms.Tests/House/UnitNames.cs):\n" + string.Join('\n', silent));
    }

    [Theory]
    [InlineData("currentA")]
    [InlineData("SocDeviation")]
    [InlineData("R0Ohm")]
    [InlineData("heatTransferWPerM2K")]
    [InlineData("gasConstantJPerMolK")]
    [InlineData("diffusivityM2PerS")]
    [InlineData("soc")]
    [InlineData("startSocLow")]
    [InlineData("voltageVMax")]
    [InlineData("VoltageRmseV")]
    [InlineData("temperatureDegC")]
    [InlineData("ratePerS")]
    public void ASpeakingNameIsAccepted(string name) => Assert.True(UnitNameRule.Says(name, hasKey: false));

    [Theory]
    [InlineData("current")]
    [InlineData("temperature")]
    [InlineData("CURRENTA")]
    [InlineData("x")]
    [InlineData("value")]
    [InlineData("Max")]
    [InlineData("socket")]
    public void APlantedSilentNameIsFound(string name) => Assert.False(UnitNameRule.Says(name, hasKey: false));

    [Fact]
    public void LettersNeedAKey()
    {
        Assert.True(UnitNameRule.Says("x", hasKey: true));
        Assert.True(UnitNameRule.Says("R0", hasKey: true));
        Assert.False(UnitNameRule.Says("state", hasKey: true));
    }

    [Fact]
    public void OnlyAVectorMayBeMixed()
    {
        Assert.True(UnitNameRule.Says("state", hasKey: false, isVector: true));
        Assert.False(UnitNameRule.Says("state", hasKey: false, isVector: false));
        Assert.False(UnitNameRule.Says("current", hasKey: false, isVector: true));
    }

    [Fact]
    public void APlantedTypeIsFoundByReflection() =>
        Assert.Equal(["Planted..ctor(speed)", "Planted.Heat", "Planted.Move(distance)", "Planted.Reading"], Silent(typeof(Planted), new(StringComparer.Ordinal)).Order(StringComparer.Ordinal));

    static IEnumerable<string> SilentNumbers(Assembly assembly)
    {
        string docs = Path.ChangeExtension(assembly.Location, ".xml");
        var withKey = !File.Exists(docs) ? [] : XDocument.Load(docs).Descendants("member")
            .Where(m => m.Value.Contains("Key:", StringComparison.Ordinal)).Select(m => (string)m.Attribute("name")!).ToHashSet(StringComparer.Ordinal);
        return assembly.GetExportedTypes().Where(type => !UnitNames.Exempt.ContainsKey(type.FullName!)).SelectMany(type => Silent(type, withKey));
    }

    static IEnumerable<string> Silent(Type type, HashSet<string> withKey)
    {
        if (typeof(Delegate).IsAssignableFrom(type) || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null) yield break;
        const BindingFlags visible = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        bool typeKey = withKey.Contains($"T:{type.FullName?.Replace('+', '.')}");
        foreach (var property in type.GetProperties(visible).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible) && p.GetIndexParameters().Length == 0))
            if (IsNumber(property.PropertyType) && !UnitNameRule.Says(property.Name, typeKey, IsVector(property.PropertyType))) yield return $"{type.Name}.{property.Name}";
        foreach (var field in type.GetFields(visible).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName))
            if (IsNumber(field.FieldType) && !UnitNameRule.Says(field.Name, typeKey, IsVector(field.FieldType))) yield return $"{type.Name}.{field.Name}";
        // Accessors repeat their property, and operators and Deconstruct have names the language gives.
        foreach (var method in type.GetMembers(visible).OfType<MethodBase>().Where(m => IsVisible(m) && (!m.IsSpecialName || m.IsConstructor) && m.Name != "Deconstruct"))
        {
            bool key = typeKey || withKey.Any(k => k.StartsWith($"M:{type.FullName}.{method.Name}", StringComparison.Ordinal));
            foreach (var parameter in method.GetParameters())
                if (IsNumber(parameter.ParameterType) && !UnitNameRule.Says(parameter.Name!, key, IsVector(parameter.ParameterType))) yield return $"{type.Name}.{method.Name}({parameter.Name})";
        }
    }

    static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>double or float, or anything made of them: array, span, list, nullable, by reference.</summary>
    static bool IsNumber(Type type) =>
        type == typeof(double) || type == typeof(float)
        || (type.HasElementType && IsNumber(type.GetElementType()!))
        || (type.IsGenericType && !typeof(Delegate).IsAssignableFrom(type) && type.GetGenericArguments() is [var only] && IsNumber(only));

    static bool IsVector(Type type) => type.IsArray || (type.IsGenericType && Nullable.GetUnderlyingType(type) is null);

    public sealed class Planted(double speed)
    {
        public double Heat { get; } = speed;

        public double[] Reading { get; set; } = [];

        public double Fine(double distanceM) => distanceM * Heat;

        public double Move(ReadOnlySpan<double> distance) => distance[0] * Heat;
    }
}
