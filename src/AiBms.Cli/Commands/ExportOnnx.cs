using AiBms.Learning.Onnx;

namespace AiBms.Cli.Commands;

/// <summary>The target <c>onnx</c>: a trained network for any runtime of that format, see docs/reference/models.md.</summary>
static class ExportOnnx
{
    /// <summary>Writes one file, named like the model.</summary>
    public static IReadOnlyList<string> Write(ExportRequest request)
    {
        var model = request.Model;
        return request.Write([($"{model.Id}.onnx", OnnxExport.Write(model))]);
    }
}
