#include "safety_internal.h"

#define SIGN_DROP 0U
#define SIGN_RATE 1U
#define SIGN_GAS 2U
#define SIGN_PRESSURE 3U
#define BIT_DROP 1U
#define BIT_RATE 2U
#define BIT_TEMPERATURE 16U
#define SIGNS_NEEDED 2

/* A housing never sees more, kPa: a reading beyond is none. */
#define LARGEST_KPA 1e6F

static void sign(const aibms_runaway_limits *rules, aibms_safety *me, uint32_t which, bool is_seen)
{
    aibms_runaway *state = &me->runaway;
    const aibms_watch watch = {
        is_seen ? 1.0F : 0.0F, true, true, false, 0.5F, 0.0F, rules->debounce_ms, rules->debounce_ms, me->clock.step_ms, me->clock.rest_step_ms
    };
    static const uint32_t bits[4] = {1U, 2U, 4U, 8U};
    uint32_t bit = bits[which];
    aibms_guard_level(&state->level[which], &watch);
    if (state->level[which].is_active) {
        state->age_ms[which] = 0;
        state->remembered |= bit;
    } else {
        /* A sign is forgotten by the clock's advance alone. */
        state->age_ms[which] = add_ms(state->age_ms[which], me->clock.rest_step_ms);
        if (state->age_ms[which] >= rules->hold_ms) {
            state->remembered &= ~bit;
        }
    }
}

/* The cell that fell against the others faster than its own past explains, or to nothing; -1 for none. */
static int32_t find_drop(const aibms_limits *limits, aibms_safety *me)
{
    float mean = aibms_guard_trimmed_mean(me->cell, limits->cell_count, &limits->cell_signal);
    float step_s = 0.001F * (float)me->clock.step_ms;
    float worst_v = limits->runaway.drop_v;
    int32_t where = -1;
    int32_t i;
    for (i = 0; i < limits->cell_count; i++) {
        const aibms_track *cell = &me->cell[i];
        /* Below what the sensor can show, after having been believed: a shorted cell. A cut wire looks the same; one sign is not enough. */
        if (cell->is_seen && (cell->quality == AIBMS_OUT_OF_RANGE) && (cell->last_raw < limits->cell_signal.min)) {
            where = i;
        }
        if (!is_usable(cell, &limits->cell_signal)) {
            me->is_cell_past_known[i] = false;
        }
        if ((cell->quality == AIBMS_GOOD) && is_known(mean)) {
            float below_v = aibms_hold(mean - cell->value, -MOST_VALUE, MOST_VALUE);
            float drop_v;
            if (!me->is_cell_past_known[i]) {
                me->cell_past_v[i] = below_v;
            }
            me->is_cell_past_known[i] = true;
            drop_v = below_v - me->cell_past_v[i];
            me->cell_past_v[i] = aibms_hold(me->cell_past_v[i] + ((drop_v * step_s) / (limits->runaway.drop_memory_s + step_s)), -MOST_VALUE, MOST_VALUE);
            if (!(drop_v <= worst_v)) {
                worst_v = drop_v;
                where = i;
            }
        }
    }
    return where;
}

/* The probe that warms fastest beyond the limit; -1 for none. */
static int32_t find_rate(const aibms_limits *limits, const aibms_safety *me)
{
    float fastest = limits->runaway.rate_k_per_s;
    int32_t where = -1;
    int32_t i;
    for (i = 0; i < limits->probe_count; i++) {
        float rate = aibms_guard_fast_rate(limits, me, i);
        if (rate > fastest) {
            fastest = rate;
            where = i;
        }
    }
    return where;
}

static bool has_pressure_risen(const aibms_runaway_limits *rules, aibms_safety *me, float pressure_kpa)
{
    aibms_runaway *state = &me->runaway;
    bool has_risen = false;
    if ((pressure_kpa > -LARGEST_KPA) && (pressure_kpa < LARGEST_KPA)) {
        float step_s = 0.001F * (float)me->clock.step_ms;
        float rose_kpa;
        if (!state->is_pressure_known) {
            state->pressure_past_kpa = pressure_kpa;
        }
        state->is_pressure_known = true;
        rose_kpa = pressure_kpa - state->pressure_past_kpa;
        state->pressure_past_kpa = aibms_hold(state->pressure_past_kpa + ((rose_kpa * step_s) / (rules->drop_memory_s + step_s)), -MOST_VALUE, MOST_VALUE);
        has_risen = rose_kpa > rules->pressure_kpa;
    }
    return has_risen;
}

static int32_t count_signs(uint32_t remembered)
{
    int32_t count = 0;
    uint32_t bit;
    for (bit = 0U; bit < 5U; bit++) {
        if (((remembered >> bit) & 1U) != 0U) {
            count++;
        }
    }
    return count;
}

static int32_t place_of(const aibms_runaway *state)
{
    int32_t where = -1;
    if ((state->remembered & BIT_DROP) != 0U) {
        where = state->drop_where;
    } else if ((state->remembered & (BIT_RATE | BIT_TEMPERATURE)) != 0U) {
        where = state->rate_where;
    } else {
        /* Gas or pressure alone have no place. */
    }
    return where;
}

/* Two different signs of thermal runaway within the hold time are enough. */
void aibms_guard_runaway(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    aibms_runaway *state = &me->runaway;
    const aibms_runaway_limits *rules = &limits->runaway;
    int32_t drop_where = find_drop(limits, me);
    int32_t rate_where;
    int32_t signs;
    bool is_hot;
    sign(rules, me, SIGN_DROP, drop_where >= 0);
    if (drop_where >= 0) {
        state->drop_where = drop_where;
    }
    rate_where = find_rate(limits, me);
    sign(rules, me, SIGN_RATE, rate_where >= 0);
    if (rate_where >= 0) {
        state->rate_where = rate_where;
    }
    sign(rules, me, SIGN_GAS, is_number(input->gas_ppm) && (input->gas_ppm > rules->gas_ppm));
    sign(rules, me, SIGN_PRESSURE, has_pressure_risen(rules, me, input->pressure_kpa));
    aibms_guard_set(me, AIBMS_FAULT_GAS_DETECTED, state->level[SIGN_GAS].is_active, input->gas_ppm, rules->gas_ppm, -1);
    is_hot = me->level[(AIBMS_TEMPERATURE_HIGH * AIBMS_LEVELS) + 2U].is_active;
    if (is_hot) {
        state->remembered |= BIT_TEMPERATURE;
    } else {
        state->remembered &= ~BIT_TEMPERATURE;
    }
    signs = count_signs(state->remembered);
    if ((signs >= SIGNS_NEEDED) && (!state->is_active)) {
        state->is_active = true;
        state->since_ms = me->clock.last_ms;
        state->gained_ms = -1;
        state->where = place_of(state);
    }
    if (state->is_active && is_hot && (state->gained_ms < 0)) {
        state->gained_ms = 0;
        if (me->clock.last_ms > state->since_ms) {
            /* The distance of two 64-bit times always fits without a sign. */
            uint64_t gained = (uint64_t)me->clock.last_ms - (uint64_t)state->since_ms;
            state->gained_ms = (int64_t)gained;
        }
    }
    aibms_guard_set(me, AIBMS_FAULT_THERMAL_RUNAWAY, signs >= SIGNS_NEEDED, (float)signs, (float)SIGNS_NEEDED, state->where);
    if (!is_present(&me->fault[AIBMS_FAULT_THERMAL_RUNAWAY])) {
        state->is_active = false;
    }
}
