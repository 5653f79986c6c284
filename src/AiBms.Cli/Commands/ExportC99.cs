using System.Globalization;
using System.Text;
using AiBms.Agent.Protection;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>The target <c>c99</c>: tables of a cell, a pack and a network for the runtime in <c>firmware/</c>, with a build file and examples.</summary>
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

        #ifdef AIBMS_EXAMPLE_MAIN
        #include <stdio.h>

        int main(void)
        {
            /* Ten minutes at rest at the voltage of half charge, as a check that everything is linked: prints 50 %, give or take the deviation. */
            float soc_now = 0.0F;
            battery_init();
            for (int k = 0; k < 600; k++) {
                soc_now = battery_task_1s(0.0F, aibms_cell_exported.ocv_v[50], 25.0F);
            }
            printf("SOC %.1f %%\n", (double)(100.0F * soc_now));
            return 0;
        }
        #endif

        """;

    const string PackExample = """
        /* A pack: protection every sampleMs, the rest every second. Readings and actuators are yours. */
        #include "aibms/health.h"
        #include "aibms/power.h"
        #include "aibms/safety.h"
        #include "aibms/thermal.h"
        #include "aibms_cell_exported.h"
        #include "aibms_limits_exported.h"
        #include "aibms_pack_exported.h"

        static aibms_safety safety;
        static aibms_pack pack;
        static aibms_imbalance imbalance;
        static aibms_balance balance;
        static aibms_charge charge;
        static aibms_health health;
        static aibms_thermal thermal;
        static aibms_power discharge_10s;
        static aibms_charge_decision decision;
        static aibms_thermal_ahead in_ten_minutes; /* with the heat of the last two minutes */
        static bool bleed[AIBMS_CELLS];

        void pack_init(void)
        {
            aibms_safety_start(&aibms_limits_exported, &safety);
            aibms_pack_start(&pack, 0.5F, -1.0F);
            aibms_balance_start(&balance);
            aibms_charge_start(&charge);
            aibms_health_start(&aibms_cell_exported, &health);
            aibms_thermal_start(&thermal);
        }

        /* Every second: what is known and what would be liked. worst_*: the highest cell voltage and its cell. */
        void pack_task_1s(const aibms_safety_input *read, float worst_v, int32_t worst_cell, float coldest_deg_c, bool wants_charge)
        {
            aibms_power charge_10s;
            aibms_power charge_30s;
            aibms_charge_input input;
            aibms_pack_step(&aibms_cell_exported, &aibms_pack_exported, &pack, 1.0F, read->current_a, read->cell_v, read->bleed_on, coldest_deg_c);
            aibms_health_step(&aibms_cell_exported, &aibms_pack_exported, &health, &pack, 1.0F, read->current_a, read->cell_v, read->bleed_on);
            (void)aibms_health_teach(&aibms_cell_exported, &aibms_pack_exported, &health, &pack); /* counting goes by the tracked capacity */
            aibms_thermal_step(&aibms_thermal_exported, &thermal, 1.0F, aibms_thermal_heat(&aibms_cell_exported, &pack.mean), coldest_deg_c);
            (void)aibms_thermal_forecast(&aibms_thermal_exported, &thermal, 0.0F / 0.0F, 600.0F, &in_ten_minutes);
            aibms_imbalance_set(&aibms_cell_exported, &aibms_pack_exported, &pack, &imbalance);
            aibms_balance_step(&aibms_pack_exported, &balance, &imbalance, 1.0F, read->cell_v, read->bleed_on, read->board_deg_c, bleed);
            aibms_power_set(&aibms_cell_exported, &aibms_pack_exported, &pack, &imbalance, false, 10.0F, &discharge_10s);
            aibms_power_set(&aibms_cell_exported, &aibms_pack_exported, &pack, &imbalance, true, 10.0F, &charge_10s);
            aibms_power_set(&aibms_cell_exported, &aibms_pack_exported, &pack, &imbalance, true, 30.0F, &charge_30s);
            input.step_s = 1.0F;
            input.current_a = read->current_a;
            input.worst_v = worst_v;
            input.worst_cell = worst_cell;
            input.resistance_ohm = pack.mean.filter.series_ohm;
            input.coldest_deg_c = coldest_deg_c;
            input.fullest_soc = imbalance.soc;
            input.envelope_a = safety.envelope.charge_a;
            input.power_a = charge_30s.current_a;
            input.pulse_a = charge_10s.current_a;
            input.target_soc = 1.0F;
            input.is_requested = wants_charge;
            input.is_connected = read->is_charger_connected;
            aibms_charge_step(&aibms_charge_exported, &charge, &input, &decision);
        }

        /* Every sampleMs: decides, and lets through what the protection allows. */
        void pack_task_fast(const aibms_safety_input *read, aibms_safe_command *out)
        {
            aibms_safety_observe(&aibms_limits_exported, &safety, read);
            aibms_safety_restrict(&aibms_limits_exported, &safety, decision.limit_a, discharge_10s.current_a, decision.current_a, bleed, out);
        }

        """;

    const string NetExample = """
        /* State of charge of one cell by the network, from its readings, one step every second; the filter stands in wherever the network was not trained. */
        #include "aibms/features.h"
        #include "aibms/soc.h"
        #include "aibms_cell_exported.h"
        #include "aibms_net_exported.h"

        static aibms_soc net_filter;
        static aibms_net_soc net_soc;
        static float net_memory[AIBMS_NET_EXPORTED_STATE + 1U];

        void network_init(void)
        {
            aibms_soc_start(&net_filter, 0.5F, -1.0F);
            aibms_net_soc_start(&aibms_net_exported, &net_soc, net_memory);
        }

        float network_task_1s(float current_a, float voltage_v, float temperature_deg_c)
        {
            aibms_net_answer told;
            aibms_answer filtered;
            aibms_soc_step(&aibms_cell_exported, &net_filter, 1.0F, current_a, voltage_v, temperature_deg_c, &filtered);
            aibms_net_soc_step(&aibms_cell_exported, &aibms_net_exported, &net_soc, net_memory, 1.0F, current_a, voltage_v, temperature_deg_c, &told);
            return told.is_known ? told.soc : filtered.soc;
        }

        """;

    const string Build = """
        # -DAIBMS_FIRMWARE=/path/to/firmware of the AiBms sources. Builds the library aibms_cell, and, on a PC, aibms_example that shows it linked.
        # Targets besides: aibms_fits links all of it for S32K344, S32K144 and i.MX RT1062 and says what of each is used; aibms_blocks writes a pack's tables as replacement blocks.
        cmake_minimum_required(VERSION 3.16)
        project(aibms_cell C)
        if(NOT EXISTS "${AIBMS_FIRMWARE}/include/aibms")
            message(FATAL_ERROR "Say where the folder firmware of the AiBms sources is, by its whole path: -DAIBMS_FIRMWARE=/path/to/firmware")
        endif()
        add_subdirectory("${AIBMS_FIRMWARE}" aibms)
        file(GLOB AIBMS_TABLES aibms_*_exported.c example_pack.c example_net.c)
        add_library(aibms_cell STATIC ${AIBMS_TABLES} example.c)
        target_link_libraries(aibms_cell PUBLIC aibms)
        target_include_directories(aibms_cell PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
        if(NOT CMAKE_CROSSCOMPILING)
            add_executable(aibms_example example.c)
            target_compile_definitions(aibms_example PRIVATE AIBMS_EXAMPLE_MAIN)
            target_link_libraries(aibms_example PRIVATE aibms_cell)
        endif()

        """;

    const string PackBuild = """
        # Room for this pack; more is never needed.
        target_compile_definitions(aibms PUBLIC AIBMS_CELLS=@CELLSU AIBMS_PROBES=@PROBESU)
        add_custom_target(aibms_fits COMMAND ${AIBMS_FIRMWARE}/target/fits.sh ${CMAKE_CURRENT_SOURCE_DIR} @CELLS @PROBES)
        add_custom_target(aibms_blocks COMMAND ${AIBMS_FIRMWARE}/target/blocks.sh ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}/aibms_blocks.bin 1 @CELLS @PROBES)

        """;

    const string CellBuild = """
        add_custom_target(aibms_fits COMMAND ${AIBMS_FIRMWARE}/target/fits.sh ${CMAKE_CURRENT_SOURCE_DIR} 1 1)

        """;

    static string BuildOf(PackLayout? layout) => layout is null ? CellBuild
        : PackBuild.Replace("@CELLS", Invariant(layout.SeriesCount), StringComparison.Ordinal).Replace("@PROBES", Invariant(ExportBudget.ProbesOf(layout)), StringComparison.Ordinal);

    static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the folder.</summary>
    public static IReadOnlyList<string> Write(ExportRequest request)
    {
        var layout = request.Layout;

        // The taps of a pack see parallel groups: the tables are those of a group.
        var type = layout is null ? request.Cell : GroupCell.Of(layout, request.CellOf(layout));
        EdgeCell cell = new(type);
        string title = layout is { ParallelCount: > 1 } ? $"{type.Id}: {type.Name}, {layout.ParallelCount} in parallel" : $"{type.Id}: {type.Name}";
        List<(string Name, string Text)> files =
        [
            (EdgeCellSource.Symbol + ".h", EdgeCellSource.Header(cell, title)), (EdgeCellSource.Symbol + ".c", EdgeCellSource.Definition(cell, title)),
            ("CMakeLists.txt", Build + BuildOf(layout)), ("example.c", Example),
        ];
        if (request.Protection is { } protection)
        {
            files.Add((LimitsSource.Symbol + ".h", LimitsSource.Header(protection.Limits, protection.Pack)));
            files.Add((LimitsSource.Symbol + ".c", LimitsSource.Definition(protection.Limits, protection.Pack)));
            var rules = EdgePackRules.Of(layout!, type);
            var thermal = EdgeThermalRules.Of(type, layout!);
            var charging = EdgeChargeRules.Of(type.CapacityAh, rules.ChargeA, rules.HighestV);
            string pack = $"{protection.Pack} of {title}";
            files.Add((EdgePackSource.Symbol + ".h", EdgePackSource.Header(rules, charging, thermal, pack)));
            files.Add((EdgePackSource.Symbol + ".c", EdgePackSource.Definition(rules, charging, thermal, pack)));
            files.Add(("example_pack.c", PackExample));
        }

        if (request.HasModel)
        {
            var model = request.Model;
            if (EdgeNetSource.Obstacle(model) is { } obstacle) throw new UsageException(obstacle);
            if (!model.Cells.Contains(type.Id)) request.Say($"{model.Id} was trained on {string.Join(", ", model.Cells)}, not on {type.Id}: its tables show what a network needs, its answers are not for this cell.");
            files.Add((EdgeNetSource.Symbol + ".h", EdgeNetSource.Header(model)));
            files.Add((EdgeNetSource.Symbol + ".c", EdgeNetSource.Definition(model)));
            if (EdgeFeatures.NumbersOf(model) is not null) files.Add(("example_net.c", NetExample));
        }

        files.Add(("budget.md", ExportBudget.Page(layout, request.HasModel ? request.Model : null)));
        return request.Write(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))));
    }
}
