/* The trackers of capacity and resistance and the temperature filter with its forecast for ever: any sound cell and rules, any readings whatever, and any
   bits whatever in what they read of the pack's filters. */
#include "any_cell.h"
#include "any_rules.h"

#include "aibms/health.h"
#include "aibms/thermal.h"

static aibms_cell cell;
static aibms_pack_rules rules;
static aibms_thermal_rules heat;
static aibms_pack pack;
static aibms_health health;
static aibms_thermal thermal;
static float cell_v[AIBMS_CELLS];
static bool bleed_on[AIBMS_CELLS];

static void any_heat(void)
{
    heat.version = AIBMS_THERMAL_VERSION;
    heat.slow_per_s = within(1e-8F, 10.0F);
    heat.fast_per_s = within(1e-8F, 10.0F);
    heat.core_slow = within(0.0F, 1.0F);
    heat.case_slow = within(0.0F, 1.0F);
    heat.core_of_case = within(0.0F, 100.0F);
    heat.case_of_core = within(0.0F, 100.0F);
    heat.core_k_per_w = within(0.0F, 1e3F);
    heat.case_k_per_w = within(0.0F, 1e3F);
    heat.surroundings_walk_k2_per_h = within(0.0F, 1e4F);
}

/* What the trackers read: in finite mode within the bounds that proof/pack.c shows. */
static void any_pack(void)
{
    uint32_t k;
#ifdef AIBMS_FINITE
    const float most = 1e9F;
#else
    const float most = 3e38F;
#endif
    pack.mean.is_running = any_word;
    pack.mean.since_gap_s = within(-most, most);
    pack.mean.current_a = within(-most, most);
    pack.mean.temperature_deg_c = within(-most, most);
    pack.mean.warm_k = within(-most, most);
    pack.mean.filter.soc = within(-most, most);
    pack.mean.filter.offset_a = within(-most, most);
    pack.mean.filter.drop_v = within(-most, most);
    pack.mean.filter.branch = within(-most, most);
    pack.mean.filter.excess = within(-most, most);
    for (k = 0U; k < AIBMS_CELLS; k++) {
        pack.cell[k].resistance = within(-most, most);
        cell_v[k] = anything();
        bleed_on[k] = any_truth();
    }
}

int main(void)
{
    any_cell(&cell);
    any_rules(&rules);
    any_heat();
    aibms_health_start(&cell, &health);
    aibms_thermal_start(&thermal);
    pack.mean.pace.per_capacity = 1.0F;
    while (any_word != 0U) {
        aibms_thermal_ahead ahead;
        float told_w;
        any_pack();
        aibms_health_step(&cell, &rules, &health, &pack, anything(), anything(), cell_v, bleed_on);
        /*@ assert capacity_in_range: 0.01f <= health.cell[0].capacity_ah <= 2001.0f; */
        /*@ assert resistance_in_range: 0.01f <= health.cell[0].resistance <= 100.0f; */
        (void)aibms_health_teach(&cell, &rules, &health, &pack);
        /*@ assert taught_in_range: 0.8f <= pack.mean.pace.per_capacity <= 2.0f; */
        told_w = aibms_thermal_heat(&cell, &pack.mean);
        /*@ assert heat_in_range: -1e5f <= told_w <= 1e5f; */
        aibms_thermal_step(&heat, &thermal, anything(), any_truth() ? told_w : anything(), anything());
        (void)aibms_thermal_forecast(&heat, &thermal, anything(), anything(), &ahead);
        /*@ assert forecast_in_range: -100.0f <= ahead.core_deg_c <= 400.0f && -100.0f <= ahead.case_deg_c <= 400.0f; */
        /*@ assert finite: \is_finite(ahead.core_deviation_k) && \is_finite(ahead.case_deviation_k); */
        if (any_word == 1U) {
            aibms_health_start(&cell, &health);
            aibms_thermal_start(&thermal);
        }
    }
    return 0;
}
