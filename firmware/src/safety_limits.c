#include "safety_internal.h"

#include "aibms/math.h"

/* Lag of the rate that has limits, s. */
#define SLOW_S 30.0F

/* Points of a table are farther apart than this, K, and currents no larger, A; it makes no division too large. */
#define LEAST_SPAN_K 1e-3F
#define MOST_TABLE_A 1e6F

/* On which side a quantity is bad and which current makes it worse, by its bit. */
#define LOW_BITS 0x38A2U
#define CUTS_CHARGE_BITS 0x3F71U
#define CUTS_DISCHARGE_BITS 0x37C2U

bool aibms_guard_is_low(uint32_t kind)
{
    return ((LOW_BITS >> kind) & 1U) != 0U;
}

bool aibms_guard_cuts_charge(uint32_t kind)
{
    return ((CUTS_CHARGE_BITS >> kind) & 1U) != 0U;
}

bool aibms_guard_cuts_discharge(uint32_t kind)
{
    return ((CUTS_DISCHARGE_BITS >> kind) & 1U) != 0U;
}

/* Debounce and hysteresis of one level: the time past a threshold leaks at half speed, coming back must be unbroken. */
void aibms_guard_level(aibms_level *level, const aibms_watch *watch)
{
    bool past = false;
    bool back = !watch->applies;
    bool known = (!watch->applies) || watch->is_known;
    if (watch->applies && watch->is_known) {
        past = watch->is_low ? (watch->value < watch->threshold) : (watch->value > watch->threshold);
        back = watch->is_low ? (watch->value >= (watch->threshold + watch->hysteresis)) : (watch->value <= (watch->threshold - watch->hysteresis));
    }
    if (level->is_active) {
        if (known) {
            level->back_ms = back ? add_ms(level->back_ms, watch->rest_step_ms) : 0;
            if (back && (level->back_ms >= watch->release_ms)) {
                level->over_ms = 0;
                level->back_ms = 0;
                level->events = 0;
                level->is_active = false;
            }
        }
    } else if (past) {
        level->over_ms = add_ms(level->over_ms, watch->step_ms);
        if (level->events < 2) {
            level->events++;
        }
        level->is_active = (level->over_ms >= watch->debounce_ms) && ((level->events >= 2) || (watch->debounce_ms == 0));
        level->back_ms = 0;
    } else if (known) {
        level->over_ms -= (watch->step_ms + 1) / 2;
        if (level->over_ms <= 0) {
            level->over_ms = 0;
            level->events = 0;
        }
    } else {
        /* What is not known changes nothing. */
    }
}

/* Allowed current by temperature: straight lines between points, the end values beyond them; 0 where the temperature is not known. */
float aibms_guard_table_at(const aibms_table *table, float temperature_deg_c)
{
    uint32_t last = table->count - 1U;
    uint32_t i = 1U;
    float current_a = 0.0F;
    if (!is_known(temperature_deg_c)) {
        current_a = 0.0F;
    } else if (temperature_deg_c <= table->temperature_deg_c[0]) {
        current_a = table->current_a[0];
    } else if (temperature_deg_c >= table->temperature_deg_c[last]) {
        current_a = table->current_a[last];
    } else {
        float span;
        float fraction;
        while ((i < last) && (table->temperature_deg_c[i] < temperature_deg_c)) {
            i++;
        }
        span = table->temperature_deg_c[i] - table->temperature_deg_c[i - 1U];
        if (span > LEAST_SPAN_K) {
            fraction = (temperature_deg_c - table->temperature_deg_c[i - 1U]) / span;
            current_a = table->current_a[i - 1U] + (fraction * (table->current_a[i] - table->current_a[i - 1U]));
        }
    }
    return aibms_hold(current_a, 0.0F, MOST_TABLE_A);
}

/* Advances one probe's lagging copies and gives its slow rate, K/s. */
static float slow_rate(const aibms_limits *limits, aibms_safety *me, int32_t probe)
{
    const aibms_track *track = &me->probe[probe];
    float rate = 0.0F;
    if (!is_usable(track, &limits->probe_signal)) {
        me->is_probe_past_known[probe] = false;
    } else {
        float step_s = 0.001F * (float)me->clock.step_ms;
        if (!me->is_probe_past_known[probe]) {
            me->probe_fast_deg_c[probe] = track->value;
            me->probe_slow_deg_c[probe] = track->value;
            me->is_probe_past_known[probe] = true;
        }
        float fast = me->probe_fast_deg_c[probe];
        float slow = me->probe_slow_deg_c[probe];
        fast += ((track->value - fast) * step_s) / (limits->runaway.rate_smoothing_s + step_s);
        slow += ((track->value - slow) * step_s) / (SLOW_S + step_s);
        me->probe_fast_deg_c[probe] = aibms_hold(fast, -MOST_VALUE, MOST_VALUE);
        me->probe_slow_deg_c[probe] = aibms_hold(slow, -MOST_VALUE, MOST_VALUE);
        rate = (track->value - me->probe_slow_deg_c[probe]) / SLOW_S;
    }
    return rate;
}

float aibms_guard_fast_rate(const aibms_limits *limits, const aibms_safety *me, int32_t probe)
{
    float rate = 0.0F;
    if (me->is_probe_past_known[probe]) {
        rate = (me->probe[probe].value - me->probe_fast_deg_c[probe]) / limits->runaway.rate_smoothing_s;
    }
    return rate;
}

static void put(aibms_safety *me, uint32_t kind, float value, int32_t where)
{
    me->kind_value[kind] = value;
    me->kind_where[kind] = where;
}

static void measure_voltages(const aibms_limits *limits, aibms_safety *me)
{
    int32_t lowest = -1;
    int32_t highest = -1;
    float lowest_v = 0.0F;
    float highest_v = 0.0F;
    int32_t i;
    for (i = 0; i < limits->cell_count; i++) {
        if (is_usable(&me->cell[i], &limits->cell_signal)) {
            float value = me->cell[i].value;
            if ((lowest < 0) || (value < lowest_v)) {
                lowest = i;
                lowest_v = value;
            }
            if ((highest < 0) || (value > highest_v)) {
                highest = i;
                highest_v = value;
            }
        }
    }
    if (lowest >= 0) {
        put(me, AIBMS_CELL_VOLTAGE_HIGH, highest_v, highest);
        put(me, AIBMS_CELL_VOLTAGE_LOW, lowest_v, lowest);
        put(me, AIBMS_VOLTAGE_SPREAD, highest_v - lowest_v, lowest);
    }
}

static void measure_temperatures(const aibms_limits *limits, aibms_safety *me)
{
    int32_t coldest = -1;
    int32_t hottest = -1;
    int32_t fastest = -1;
    float coldest_deg_c = 0.0F;
    float hottest_deg_c = 0.0F;
    float fastest_k_per_s = 0.0F;
    int32_t i;
    for (i = 0; i < limits->probe_count; i++) {
        float rate = slow_rate(limits, me, i);
        if (is_usable(&me->probe[i], &limits->probe_signal)) {
            float value = me->probe[i].value;
            if ((coldest < 0) || (value < coldest_deg_c)) {
                coldest = i;
                coldest_deg_c = value;
            }
            if ((hottest < 0) || (value > hottest_deg_c)) {
                hottest = i;
                hottest_deg_c = value;
            }
            if ((fastest < 0) || (!(rate <= fastest_k_per_s))) {
                fastest = i;
                fastest_k_per_s = rate;
            }
        }
    }
    if (coldest >= 0) {
        put(me, AIBMS_CHARGE_TEMPERATURE_HIGH, hottest_deg_c, hottest);
        put(me, AIBMS_TEMPERATURE_HIGH, hottest_deg_c, hottest);
        put(me, AIBMS_CHARGE_TEMPERATURE_LOW, coldest_deg_c, coldest);
        put(me, AIBMS_DISCHARGE_TEMPERATURE_LOW, coldest_deg_c, coldest);
        put(me, AIBMS_TEMPERATURE_SPREAD, hottest_deg_c - coldest_deg_c, hottest);
        put(me, AIBMS_TEMPERATURE_RATE, 60.0F * fastest_k_per_s, fastest);
    }
}

/* The quantities that have limits, from what is believed. */
static void measure(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    bool is_current_known = is_usable(&me->current, &limits->current_signal);
    float current_a = me->current.value;
    uint32_t kind;
    for (kind = 0U; kind < AIBMS_KINDS; kind++) {
        put(me, kind, AIBMS_UNKNOWN, -1);
        me->kind_trips[kind] = true;
    }
    measure_voltages(limits, me);
    measure_temperatures(limits, me);
    if (is_current_known) {
        me->kind_value[AIBMS_CHARGE_CURRENT_HIGH] = (current_a > 0.0F) ? current_a : 0.0F;
        me->kind_value[AIBMS_DISCHARGE_CURRENT_HIGH] = (current_a < 0.0F) ? (-current_a) : 0.0F;
    }
    /* A cold pack may rest; it must not charge. An unknown current counts as flowing. */
    me->kind_trips[AIBMS_CHARGE_TEMPERATURE_HIGH] = (!is_current_known) || (current_a > limits->rest_a);
    me->kind_trips[AIBMS_CHARGE_TEMPERATURE_LOW] = (!is_current_known) || (current_a > limits->rest_a);
    me->kind_trips[AIBMS_DISCHARGE_TEMPERATURE_LOW] = (!is_current_known) || (current_a < (-limits->rest_a));
    if (me->isolation.is_seen) {
        me->kind_value[AIBMS_ISOLATION_LOW] = me->isolation.value / limits->working_v;
    }
    if (me->coolant_level.is_seen) {
        me->kind_value[AIBMS_COOLANT_LEVEL_LOW] = me->coolant_level.value;
    }
    /* Without a running pump nothing has to flow. Thick coolant flows less in a loop that is sound: what counts is the flow that it would have warm. */
    if (me->coolant_flow.is_seen) {
        float share = 1.0F;
        if (is_usable(&me->coolant_temperature, &limits->probe_signal)) {
            share = aibms_clamp(aibms_guard_table_at(&limits->flow_table, me->coolant_temperature.value), 0.01F, 1.0F);
        }
        me->kind_value[AIBMS_COOLANT_FLOW_LOW] = input->is_pump_on ? (me->coolant_flow.value / share) : LARGEST_FLOAT;
    }
}

/* Compares every quantity with its three levels. */
void aibms_guard_limits(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    uint32_t kind;
    uint32_t level;
    measure(limits, me, input);
    for (kind = 0U; kind < AIBMS_KINDS; kind++) {
        const aibms_limit *limit = &limits->limit[kind];
        if (limit->is_on) {
            float value = me->kind_value[kind];
            const float thresholds[3] = {limit->operating, limit->recommended, limit->safety};
            for (level = 0U; level < AIBMS_LEVELS; level++) {
                uint32_t slot = (kind * AIBMS_LEVELS) + level;
                bool trips = level == (AIBMS_LEVELS - 1U);
                const aibms_watch watch = {
                    value, is_known(value), (!trips) || me->kind_trips[kind], aibms_guard_is_low(kind), thresholds[level], limit->hysteresis,
                    trips ? limit->trip_ms : limit->warn_ms, limit->release_ms, me->clock.step_ms, me->clock.rest_step_ms
                };
                aibms_guard_level(&me->level[slot], &watch);
                aibms_guard_set(me, slot, me->level[slot].is_active, value, thresholds[level], me->kind_where[kind]);
            }
        }
    }
}
