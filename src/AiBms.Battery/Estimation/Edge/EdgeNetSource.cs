using System.Globalization;
using System.Text;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Writes a model's network as C99 for <c>aibms/net.h</c>: weights and scales as hexadecimal floats.</summary>
public static class EdgeNetSource
{
    /// <summary>Name of the constant in C.</summary>
    public const string Symbol = "aibms_net_exported";

    /// <summary>Widest layer and most layers that the C code has room for.</summary>
    public const int Widest = 64, MostLayers = 8;

    /// <summary>Why a model cannot be written, or null.</summary>
    public static string? Obstacle(ModelFile file) =>
        file.Layers.Length == 0 ? $"{file.Id} has no layers: only networks are written for microcontrollers."
        : file.Layers.Length > MostLayers || file.Layers.Any(layer => layer.Inputs > Widest || layer.Outputs > Widest) ? $"{file.Id} is larger than {MostLayers} layers of {Widest}."
        : null;

    /// <summary>The declaring header, with inputs and outputs in their order.</summary>
    public static string Header(ModelFile file)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"/* {file.Id}: {file.Title}. Made by `aibms export`: do not edit.\n");
        for (int k = 0; k < file.Inputs.Length; k++)
            text.Append(CultureInfo.InvariantCulture, $"   input {k}: {file.Inputs[k].Name}, {Ascii(file.Inputs[k].Unit)}, seen from {file.Inputs[k].Lowest} to {file.Inputs[k].Highest}\n");
        for (int k = 0; k < file.Outputs.Length; k++) text.Append(CultureInfo.InvariantCulture, $"   output {k}: {file.Outputs[k].Name}, {Ascii(file.Outputs[k].Unit)}\n");
        text.Append(EdgeFeatures.NumbersOf(file) is null ? "   Inputs are the caller's to compute: aibms/features.h knows them not all.\n" : "   aibms_net_soc_step of aibms/features.h computes the inputs from current, voltage and temperature.\n");
        text.Append("*/\n#ifndef AIBMS_NET_EXPORTED_H\n#define AIBMS_NET_EXPORTED_H\n\n#include \"aibms/net.h\"\n\n");
        text.Append(CultureInfo.InvariantCulture, $"#define AIBMS_NET_EXPORTED_STATE {StateCount(file)}U /* floats that the caller keeps */\n\nextern const aibms_net {Symbol};\n\n#endif\n");
        return text.ToString();
    }

    /// <summary>The definition.</summary>
    public static string Definition(ModelFile file)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"/* {file.Id}. Made by `aibms export`: do not edit. */\n#include \"{Symbol}.h\"\n\n");
        for (int k = 0; k < file.Layers.Length; k++)
        {
            var layer = file.Layers[k];
            Numbers(text, $"weights_{k}", layer.Kind == "convolution" ? ByTap(layer) : layer.Weights);
            Numbers(text, $"bias_{k}", layer.Bias);
            if (layer.Recurrent is { } recurrent) Numbers(text, $"recurrent_{k}", recurrent);
            if (layer.RecurrentBias is { } bias) Numbers(text, $"recurrent_bias_{k}", bias);
        }

        text.Append(CultureInfo.InvariantCulture, $"static const aibms_layer layers[{file.Layers.Length}] = {{\n");
        for (int k = 0; k < file.Layers.Length; k++)
        {
            var layer = file.Layers[k];
            bool isGated = layer.Kind == "gru";
            text.Append(CultureInfo.InvariantCulture, $"    {{AIBMS_{layer.Kind.ToUpperInvariant()}, AIBMS_ACT_{(isGated ? "NONE" : layer.Activation.ToUpperInvariant())}, {layer.Inputs}U, {layer.Outputs}U, {layer.Taps}U, {layer.Dilation}U, ");
            text.Append(CultureInfo.InvariantCulture, $"weights_{k}, bias_{k}, {(isGated ? $"recurrent_{k}, recurrent_bias_{k}" : "0, 0")}}},\n");
        }

        text.Append("};\n\n");
        Scales(text, "inputs", file.Inputs);
        Scales(text, "outputs", file.Outputs);
        int[]? numbers = EdgeFeatures.NumbersOf(file);
        if (numbers is not null) text.Append(CultureInfo.InvariantCulture, $"static const uint32_t features[{numbers.Length}] = {{{string.Join(", ", numbers.Select(number => $"{number}U"))}}}; /* as aibms/features.h numbers them */\n\n");
        return text.Append(CultureInfo.InvariantCulture, $"const aibms_net {Symbol} = {{{file.Layers.Length}U, {file.Inputs.Length}U, {file.Outputs.Length}U, AIBMS_NET_EXPORTED_STATE, layers, inputs, outputs, {(numbers is null ? "0" : "features")}}};\n").ToString();
    }

    /// <summary>Ends of an input's range in C: what training saw and a tenth of the range beyond, as <see cref="ModelFile.IsOutside"/> has it.</summary>
    internal static float Lowest(ModelInput input) => input is { Lowest: { } low, Highest: { } high } ? (float)(low - 0.1 * (high - low)) : -1e30f;

    internal static float Highest(ModelInput input) => input is { Lowest: { } low, Highest: { } high } ? (float)(high + 0.1 * (high - low)) : 1e30f;

    /// <summary>Numbers that the network remembers.</summary>
    static int StateCount(ModelFile file) => file.Layers.Sum(layer => layer.Kind switch
    {
        "gru" => layer.Outputs,
        "convolution" => ((layer.Taps - 1) * layer.Dilation + 1) * layer.Inputs + 1,
        _ => 0,
    });

    /// <summary>Weights of a convolution as taps × outputs × inputs.</summary>
    static float[] ByTap(LayerFile layer)
    {
        int each = layer.Outputs * layer.Inputs;
        return [.. Enumerable.Range(0, layer.Taps * each).Select(k => layer.Weights[k % each * layer.Taps + k / each])];
    }

    static void Numbers(StringBuilder text, string name, float[] values)
    {
        text.Append(CultureInfo.InvariantCulture, $"static const float {name}[{values.Length}] = {{\n");
        for (int at = 0; at < values.Length; at += 8) text.Append("    ").Append(string.Join(", ", values.Skip(at).Take(8).Select(EdgeCellSource.Hex))).Append(",\n");
        text.Append("};\n\n");
    }

    static void Scales(StringBuilder text, string name, ModelInput[] values)
    {
        text.Append(CultureInfo.InvariantCulture, $"static const aibms_scale {name}[{values.Length}] = {{\n");
        foreach (var value in values)
            text.Append(CultureInfo.InvariantCulture, $"    {{{EdgeCellSource.Hex((float)value.Mean)}, {EdgeCellSource.Hex((float)value.Scale)}, {EdgeCellSource.Hex(Lowest(value))}, {EdgeCellSource.Hex(Highest(value))}}}, /* {value.Name} */\n");
        text.Append("};\n\n");
    }

    static string Ascii(string unit) => unit.Replace("°", "deg", StringComparison.Ordinal).Replace("Ω", "ohm", StringComparison.Ordinal);
}
