using System.Text;
using AiBms.Agent.Protection;
using AiBms.Battery.Estimation.Edge;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>The target <c>c99</c>: tables of a cell for the runtime in <c>firmware/</c>, with a build file and an example.</summary>
static class ExportC99
{
    const string Example = """
        /* One cell, one step every second: where the readings come from is yours. Compile with the runtime in firmware/. */
        #include "aibms/soc.h"
        #include "aibms_cell_exported.h"

        static aibms_soc soc;

        void battery_init(void)
        {
            aibms_soc_start(&soc, 0.5F, -1.0F); /* nothing is known; aibms_soc_start(&soc, 0.8F, 0.02F) after a stored value */
        }

        float battery_task_1s(float current_a, float voltage_v, float temperature_deg_c)
        {
            aibms_answer answer;
            aibms_soc_step(&aibms_cell_exported, &soc, 1.0F, current_a, voltage_v, temperature_deg_c, &answer);
            return answer.soc; /* use answer.deviation and answer.validity with it */
        }

        """;

    const string Build = """
        # -DAIBMS_FIRMWARE=path/to/firmware of the AiBms sources.
        cmake_minimum_required(VERSION 3.16)
        project(aibms_cell C)
        add_subdirectory(${AIBMS_FIRMWARE} aibms)
        file(GLOB AIBMS_TABLES aibms_*_exported.c)
        add_library(aibms_cell STATIC ${AIBMS_TABLES} example.c)
        target_link_libraries(aibms_cell PUBLIC aibms)
        target_include_directories(aibms_cell PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

        """;

    /// <summary>Writes the folder.</summary>
    public static IReadOnlyList<string> Write(ExportRequest request)
    {
        var type = request.Cell;
        EdgeCell cell = new(type);
        string title = $"{type.Id}: {type.Name}";
        List<(string Name, string Text)> files =
        [
            (EdgeCellSource.Symbol + ".h", EdgeCellSource.Header(cell, title)), (EdgeCellSource.Symbol + ".c", EdgeCellSource.Definition(cell, title)),
            ("CMakeLists.txt", Build), ("example.c", Example),
        ];
        if (request.Protection is { } protection)
        {
            files.Add((LimitsSource.Symbol + ".h", LimitsSource.Header(protection.Limits, protection.Pack)));
            files.Add((LimitsSource.Symbol + ".c", LimitsSource.Definition(protection.Limits, protection.Pack)));
        }

        if (request.HasModel)
        {
            var model = request.Model;
            if (EdgeNetSource.Obstacle(model) is { } obstacle) throw new UsageException(obstacle);
            files.Add((EdgeNetSource.Symbol + ".h", EdgeNetSource.Header(model)));
            files.Add((EdgeNetSource.Symbol + ".c", EdgeNetSource.Definition(model)));
        }

        return request.Write(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))));
    }
}
