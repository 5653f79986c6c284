#include "aibms/block.h"
#include "aibms/safety.h"

/* The ranges that the proof of the protection assumes (proof/safety.c). */
#define MOST_MS 500000000
#define MOST_A 1e6F
#define MOST_V 1e6F

static bool within(float x, float low, float high)
{
    return (x >= low) && (x <= high);
}

static bool is_time(int32_t ms)
{
    return (ms >= 0) && (ms <= MOST_MS);
}

static bool is_band_sound(const aibms_band *band)
{
    return within(band->min, -1e6F, 1e6F) && within(band->max, -1e6F, 1e6F) && within(band->step, 1e-6F, 1e7F) && within(band->rate_per_s, 0.0F, 1e9F)
        && within(band->stuck_others, 1e-6F, 1e6F) && is_time(band->confirm_ms) && is_time(band->lost_ms) && (band->min < band->max) && (band->lost_ms > 0);
}

static bool is_limit_sound(const aibms_limit *limit)
{
    return within(limit->operating, -1e9F, 1e9F) && within(limit->recommended, -1e9F, 1e9F) && within(limit->safety, -1e9F, 1e9F)
        && within(limit->hysteresis, 0.0F, 1e9F) && within(limit->floor_fraction, 0.0F, 1.0F) && is_time(limit->warn_ms) && is_time(limit->trip_ms)
        && is_time(limit->release_ms);
}

static bool is_table_sound(const aibms_table *table)
{
    bool is_sound = (table->count >= 1U) && (table->count <= AIBMS_TABLE_POINTS);
    uint32_t k;
    for (k = 0U; k < AIBMS_TABLE_POINTS; k++) {
        is_sound = is_sound && within(table->temperature_deg_c[k], -300.0F, 300.0F) && within(table->current_a[k], 0.0F, MOST_A);
    }
    return is_sound;
}

static bool are_contactors_sound(const aibms_contactors *rules)
{
    const int32_t times[15] = {rules->travel_ms, rules->self_check_ms, rules->weld_test_ms, rules->weld_after_opening_ms, rules->precharge_timeout_ms,
        rules->precharge_confirm_ms, rules->precharge_tries, rules->retry_wait_ms, rules->join_ms, rules->reclose_wait_ms, rules->fade_ms, rules->fuse_wait_ms,
        rules->stagger_ms, rules->most_openings, rules->opening_forgotten_ms};
    bool is_sound = within(rules->weld_rise_fraction, 0.0F, 1.0F) && within(rules->weld_tolerance_v, 0.0F, MOST_V) && within(rules->precharge_end_v, 0.0F, MOST_V)
        && within(rules->precharge_end_a, 0.0F, MOST_A) && within(rules->precharge_most_a, 0.0F, MOST_A) && within(rules->fade_a, 0.0F, MOST_A)
        && within(rules->break_a, 0.0F, MOST_A) && (rules->precharge_tries >= 1) && (rules->most_openings >= 1);
    uint32_t k;
    for (k = 0U; k < 15U; k++) {
        is_sound = is_sound && is_time(times[k]);
    }
    return is_sound;
}

static bool are_numbers_sound(const aibms_limits *limits)
{
    const float values[17] = {limits->sustained_charge_a, limits->sustained_discharge_a, limits->sustained_over_s, limits->recovery_per_s, limits->sensor_lost_fraction,
        limits->sum_tolerance_v, limits->redundant_tolerance_a, limits->redundant_fraction, limits->rest_a, limits->working_v, limits->overrun_fraction, limits->overrun_a,
        limits->bleed_board_deg_c, limits->bleed_least_v, limits->deep_v, limits->deep_recovered_v, limits->deep_recovery_a};
    static const float low[17] = {1e-3F, 1e-3F, 1e-3F, 1e-6F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F, 0.0F, -300.0F, 0.0F, 0.0F, 0.0F, 0.0F};
    static const float high[17] = {MOST_A, MOST_A, 1e6F, 1e3F, 1.0F, MOST_V, MOST_A, 100.0F, MOST_A, MOST_V, 100.0F, MOST_A, 1000.0F, 100.0F, 100.0F, 100.0F, MOST_A};
    bool is_sound = true;
    uint32_t k;
    for (k = 0U; k < 17U; k++) {
        is_sound = is_sound && within(values[k], low[k], high[k]);
    }
    return is_sound && is_time(limits->mismatch_ms) && is_time(limits->slow_sensor_lost_ms) && is_time(limits->interlock_ms) && is_time(limits->overrun_ms)
        && is_time(limits->most_step_ms) && is_time(limits->clock_lost_ms) && is_time(limits->bleed_settle_ms) && is_time(limits->bleed_blind_ms)
        && is_time(limits->deep_recovery_ms) && is_time(limits->deep_debounce_ms) && (limits->assumed_step_ms >= 1) && (limits->most_step_ms >= limits->assumed_step_ms);
}

static bool is_runaway_sound(const aibms_runaway_limits *rules)
{
    return within(rules->drop_v, 1e-3F, 100.0F) && within(rules->drop_memory_s, 1e-3F, 1e6F) && within(rules->rate_k_per_s, 1e-3F, 1e3F)
        && within(rules->rate_smoothing_s, 1e-3F, 1e6F) && within(rules->gas_ppm, 1e-3F, 1e9F) && within(rules->pressure_kpa, 1e-3F, 1e6F)
        && is_time(rules->debounce_ms) && is_time(rules->hold_ms);
}

bool aibms_limits_are_sound(const aibms_limits *limits)
{
    bool is_sound = (limits->version == AIBMS_SAFETY_VERSION) && (limits->cell_count >= 1) && (limits->cell_count <= (int32_t)AIBMS_CELLS) && (limits->probe_count >= 1)
        && (limits->probe_count <= (int32_t)AIBMS_PROBES) && (limits->probes_needed >= 1) && (limits->probes_needed <= limits->probe_count);
    uint32_t k;
    for (k = 0U; k < AIBMS_KINDS; k++) {
        is_sound = is_sound && is_limit_sound(&limits->limit[k]);
    }
    return is_sound && is_table_sound(&limits->charge_table) && is_table_sound(&limits->discharge_table) && is_table_sound(&limits->flow_table) && is_band_sound(&limits->cell_signal)
        && is_band_sound(&limits->probe_signal) && is_band_sound(&limits->current_signal) && is_band_sound(&limits->voltage_signal) && are_numbers_sound(limits)
        && are_contactors_sound(&limits->contactors) && is_runaway_sound(&limits->runaway);
}

const aibms_limits *aibms_limits_choose(const aibms_limits *built_in, const aibms_block *block, const aibms_limits *replacement)
{
    const aibms_limits *chosen = built_in;
    if (aibms_block_holds(block, AIBMS_BLOCK_LIMITS, AIBMS_SAFETY_VERSION, (const uint8_t *)replacement, (uint32_t)sizeof(aibms_limits))) {
        if (aibms_limits_are_sound(replacement)) {
            chosen = replacement;
        }
    }
    return chosen;
}
