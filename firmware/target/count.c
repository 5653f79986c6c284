/* Counts instructions with SysTick under QEMU's -icount shift=0, where one tick of its 25 MHz is 40 instructions. Prints part and instructions. */
#include <stdint.h>
#include <stdio.h>

#include "aibms/features.h"
#include "aibms/health.h"
#include "aibms/power.h"
#include "aibms/safety.h"
#include "aibms_cell_exported.h"
#include "aibms_limits_exported.h"
#include "aibms_net_exported.h"
#include "aibms_pack_exported.h"

#define STEPS 2000U
#define TICK 40U
#define MIDDLE_V (aibms_cell_exported.ocv_v[50])

#define SYST_CSR (*(volatile uint32_t *)0xE000E010U)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014U)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018U)

static aibms_soc soc;
static uint32_t seed = 1U;

static float chance(void)
{
    seed = (seed * 1664525U) + 1013904223U;
    return (float)(seed >> 8U) * 5.9604645e-08F;
}

/* All steps in one stretch of the counter: 24 bits of ticks are 671 million instructions. */
static uint32_t ticks_of(void (*step)(void), uint32_t steps)
{
    uint32_t from;
    uint32_t k;
    SYST_RVR = 0xFFFFFFU;
    SYST_CVR = 0U;
    SYST_CSR = 5U;
    from = SYST_CVR;
    for (k = 0U; k < steps; k++) {
        step();
    }
    return (from - SYST_CVR) & 0xFFFFFFU;
}

static void report(const char *name, void (*step)(void), void (*nothing)(void), uint32_t steps)
{
    uint32_t base = ticks_of(nothing, steps);
    uint32_t sum = ticks_of(step, steps);
    printf("%s %lu\n", name, (unsigned long)(((sum - base) * TICK) / steps));
}

static float a;
static float v;
static float t = 25.0F;

static void readings(void)
{
    a = -2.0F + (3.0F * (chance() - 0.5F));
    v = MIDDLE_V + (0.02F * a);
}

static void step_soc(void)
{
    aibms_answer answer;
    readings();
    aibms_soc_step(&aibms_cell_exported, &soc, 1.0F, a, v, t, &answer);
}

static aibms_now now;

static void step_circuit(void)
{
    readings();
    aibms_now_set(&aibms_cell_exported, &soc.pace, soc.filter.soc, t, a, 0.5F, &now);
}

static void step_predict(void)
{
    readings();
    aibms_filter_predict(&aibms_cell_exported, &now, &soc.filter, a);
}

static void step_correct(void)
{
    readings();
    aibms_filter_correct(&aibms_cell_exported, &now, &soc.filter, v, a);
}

static aibms_safety safety;
static aibms_safety_input input;
static bool bleed[AIBMS_CELLS];
static float memory[AIBMS_NET_EXPORTED_STATE + 1U];
static float scaled[AIBMS_NET_WIDEST];

static void fill(void)
{
    uint32_t k;
    input.time_ms += 10;
    for (k = 0U; k < (uint32_t)aibms_limits_exported.cell_count; k++) {
        input.cell_v[k] = MIDDLE_V + (0.01F * chance());
    }
    for (k = 0U; k < (uint32_t)aibms_limits_exported.probe_count; k++) {
        input.probe_deg_c[k] = 25.0F + chance();
    }
    input.pack_v = (MIDDLE_V + 0.005F) * (float)aibms_limits_exported.cell_count;
    input.isolation_ohm = 3e6F;
    input.coolant_level = 1.0F;
    input.coolant_l_per_min = 10.0F;
    input.coolant_deg_c = 20.0F;
    input.gas_ppm = 10.0F;
    input.pressure_kpa = 100.0F;
    input.board_deg_c = 30.0F;
    input.is_interlock_closed = true;
    input.is_close_requested = true;
}

static void step_safety(void)
{
    aibms_safe_command out;
    fill();
    if (safety.machine.command.minus && (safety.machine.command.plus || safety.machine.command.precharge)) {
        input.link_v = input.pack_v;
    }
    aibms_safety_observe(&aibms_limits_exported, &safety, &input);
    aibms_safety_restrict(&aibms_limits_exported, &safety, 100.0F, 100.0F, 10.0F, bleed, &out);
}

static void draw(void)
{
    uint32_t k;
    for (k = 0U; k < aibms_net_exported.input_count; k++) {
        scaled[k] = (2.0F * chance()) - 1.0F;
    }
}

static void step_net(void)
{
    float outputs[AIBMS_NET_WIDEST];
    draw();
    aibms_net_step(&aibms_net_exported, memory, scaled, outputs);
}

static aibms_net_soc net_soc;

static void step_features(void)
{
    readings();
    (void)aibms_features_step(&aibms_cell_exported, &net_soc.features, 1.0F, a, v, t);
}

static void step_net_soc(void)
{
    aibms_net_answer answer;
    readings();
    aibms_net_soc_step(&aibms_cell_exported, &aibms_net_exported, &net_soc, memory, 1.0F, a, v, t, &answer);
}

static aibms_pack pack;
static aibms_imbalance imbalance;
static aibms_balance balance;
static aibms_charge charge;
static aibms_power power;

static void fill_pack(void)
{
    readings();
    fill();
}

static void step_pack(void)
{
    fill_pack();
    aibms_pack_step(&aibms_cell_exported, &aibms_pack_exported, &pack, 1.0F, a, input.cell_v, input.bleed_on, t);
}

static void step_imbalance(void)
{
    aibms_imbalance_set(&aibms_cell_exported, &aibms_pack_exported, &pack, &imbalance);
}

static void step_balance(void)
{
    aibms_balance_step(&aibms_pack_exported, &balance, &imbalance, 1.0F, input.cell_v, input.bleed_on, 30.0F, bleed);
}

static void step_power(void)
{
    aibms_power_set(&aibms_cell_exported, &aibms_pack_exported, &pack, &imbalance, false, 10.0F, &power);
}

static void step_charge(void)
{
    static const aibms_charge_input wishes = {1.0F, 20.0F, 3.9F, 3, 0.002F, 20.0F, 0.6F, 200.0F, 150.0F, 180.0F, 1.0F, true, true};
    aibms_charge_decision out;
    aibms_charge_step(&aibms_charge_exported, &charge, &wishes, &out);
}

static aibms_health health;
static aibms_thermal thermal;

static void step_health(void)
{
    aibms_health_step(&aibms_cell_exported, &aibms_pack_exported, &health, &pack, 1.0F, a, input.cell_v, input.bleed_on);
}

/* A rest that is read and a window that is judged: once in half an hour of rest at most. */
static void step_rest(void)
{
    health.rest_s = 1e5F;
    health.is_read = 0U;
    aibms_health_step(&aibms_cell_exported, &aibms_pack_exported, &health, &pack, 1.0F, 0.0F, input.cell_v, input.bleed_on);
}

/* Every cell tracked. */
static void step_teach(void)
{
    (void)aibms_health_teach(&aibms_cell_exported, &aibms_pack_exported, &health, &pack);
}

static void step_thermal(void)
{
    aibms_thermal_step(&aibms_thermal_exported, &thermal, 1.0F, aibms_thermal_heat(&aibms_cell_exported, &pack.mean), 25.0F);
}

static void step_forecast(void)
{
    aibms_thermal_ahead ahead;
    (void)aibms_thermal_forecast(&aibms_thermal_exported, &thermal, 3.0F, 600.0F, &ahead);
}

static void nothing(void)
{
}

static unsigned long products(void)
{
    unsigned long sum = 0U;
    uint32_t k;
    for (k = 0U; k < aibms_net_exported.layer_count; k++) {
        const aibms_layer *layer = &aibms_net_exported.layers[k];
        unsigned long each = (unsigned long)layer->inputs * layer->outputs;
        if (layer->kind == AIBMS_GRU) {
            each = 3U * (each + ((unsigned long)layer->outputs * layer->outputs));
        }
        if (layer->kind == AIBMS_CONVOLUTION) {
            each *= layer->taps;
        }
        sum += each;
    }
    return sum;
}

/* Two images, because a small part has no room for the memory of both. */
#ifdef AIBMS_COUNT_PACK
static void count(void)
{
    aibms_pack_start(&pack, 0.5F, 0.02F);
    aibms_balance_start(&balance);
    aibms_charge_start(&charge);
    step_pack();
    report("pack_step", step_pack, fill_pack, 200U);
    report("imbalance_step", step_imbalance, nothing, 200U);
    report("balance_step", step_balance, nothing, 200U);
    report("power_step", step_power, nothing, 50U);
    report("charge_step", step_charge, nothing, 500U);
    aibms_health_start(&aibms_cell_exported, &health);
    aibms_thermal_start(&thermal);
    report("health_step", step_health, nothing, 200U);
    report("health_rest", step_rest, nothing, 20U);
    for (uint32_t k = 0U; k < AIBMS_CELLS; k++) {
        health.cell[k].windows = 1U;
    }
    report("health_teach", step_teach, nothing, 200U);
    report("thermal_step", step_thermal, nothing, 500U);
    report("thermal_forecast", step_forecast, nothing, 500U);
    printf("tracker_bytes %lu\n", (unsigned long)(sizeof health + sizeof thermal));
    printf("pack_bytes %lu\n", (unsigned long)sizeof pack);
    printf("control_bytes %lu\n", (unsigned long)(sizeof imbalance + sizeof balance + sizeof charge));
}
#else
static void count(void)
{
    aibms_soc_start(&soc, 0.5F, -1.0F);
    step_soc();
    report("soc_search", step_soc, readings, 100U);
    aibms_soc_start(&soc, 0.5F, 0.02F);
    step_soc();
    report("soc_step", step_soc, readings, STEPS);
    report("soc_circuit", step_circuit, readings, STEPS);
    report("soc_predict", step_predict, readings, STEPS);
    report("soc_correct", step_correct, readings, STEPS);
    aibms_safety_start(&aibms_limits_exported, &safety);
    ticks_of(step_safety, 3000U);
    printf("safety_state %lu\n", (unsigned long)safety.machine.state);
    report("safety_step", step_safety, fill, 500U);
    printf("safety_cells %ld\n", (long)aibms_limits_exported.cell_count);
    printf("safety_bytes %lu\n", (unsigned long)sizeof safety);
    aibms_net_start(&aibms_net_exported, memory);
    report("net_step", step_net, draw, 500U);
    printf("net_products %lu\n", products());
    aibms_net_soc_start(&aibms_net_exported, &net_soc, memory);
    step_features();
    report("features_step", step_features, readings, 500U);
    report("net_soc_step", step_net_soc, readings, 500U);
    printf("net_soc_bytes %lu\n", (unsigned long)sizeof net_soc);
}
#endif

int main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    count();
    return 0;
}
