#include "aibms/soc.h"

#include "aibms/math.h"

#define GAP_S 20.0F
#define SETTLE_S 3.0F
#define UNKNOWN_DEVIATION 0.29F
#define SEARCH_S 120.0F
#define WINDOWS 6U
#define WINDOW_S 300.0F
#define LOAD_CHANGE 0.15F
#define LEAST_AH 0.01F
#define MOST_AH 1e4F
#define LEAST_CAPACITY 0.5F
#define MOST_CAPACITY 1.2F

void aibms_soc_start(aibms_soc *me, float soc, float deviation)
{
    static const aibms_soc nothing = {0};
    *me = nothing;
    me->start_soc = aibms_clamp(soc, 0.0F, 1.0F);
    me->start_deviation = UNKNOWN_DEVIATION;
    me->is_unknown_start = 1U;
    if (deviation > 0.0F) {
        me->is_unknown_start = 0U;
        me->start_deviation = aibms_clamp(deviation, 0.0001F, UNKNOWN_DEVIATION);
    }
    me->pace.step_s = -1.0F;
    me->pace.per_capacity = 1.0F;
    me->since_gap_s = 1000.0F;
    me->temperature_deg_c = 25.0F;
}

static void begin(const aibms_cell *cell, aibms_soc *me, aibms_now *now)
{
    uint32_t j;
    me->is_running = 1U;
    me->is_searching = me->is_unknown_start;
    me->load_a = aibms_clamp(aibms_size(me->current_a), 0.0F, 1e6F);
    me->past_a = aibms_past_load(cell, me->current_a);
    aibms_pace_set(cell, &me->pace, SETTLE_S, me->temperature_deg_c);
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        me->pace.since[j] = me->pace.kept[j];
    }
    if (me->is_searching != 0U) {
        aibms_search_begin(cell, &me->pace, &me->search, me->current_a, me->temperature_deg_c);
        aibms_search_merge(&me->search, &me->filter);
    } else {
        aibms_now_set(cell, &me->pace, me->start_soc, me->temperature_deg_c, me->current_a, 1.0F, now);
        aibms_filter_begin(cell, now, &me->filter, me->start_soc, me->start_deviation, me->current_a);
    }
}

/* A cell in use has been in use: the load before an unknown start is taken to be like the load since. */
static void look_at_load(const aibms_cell *cell, aibms_soc *me, float held_a, float step_s)
{
    if ((me->is_unknown_start != 0U) && (me->windows < WINDOWS)) {
        me->window_as = aibms_clamp(me->window_as + (held_a * step_s), -1e12F, 1e12F);
        me->window_a2s = aibms_clamp(me->window_a2s + ((held_a * held_a) * step_s), 0.0F, 1e18F);
        me->window_s = aibms_clamp(me->window_s + step_s, 0.0F, 1e7F);
        if (me->window_s >= WINDOW_S) {
            float time_s = aibms_clamp(me->window_s, WINDOW_S, 1e7F);
            float mean = me->window_as / time_s;
            float spread = aibms_clamp((me->window_a2s / time_s) - (mean * mean), 0.0F, 1e12F) / (time_s * 0.0333333351F);
            float change = cell->capacity_ah * LOAD_CHANGE;
            aibms_filter_take_past(cell, &me->filter, mean - me->past_a, aibms_root(spread + (((float)WINDOWS * change) * change)));
            me->window_as = 0.0F;
            me->window_a2s = 0.0F;
            me->window_s = 0.0F;
            me->windows++;
        }
    }
}

static void predict(const aibms_cell *cell, aibms_soc *me, float held_a, float share, bool is_gap, aibms_now *now)
{
    float core = me->temperature_deg_c + me->warm_k;
    if (me->is_searching != 0U) {
        aibms_search_step(cell, &me->pace, &me->search, held_a, core, share);
        aibms_search_merge(&me->search, &me->filter);
        if (me->since_start_s >= SEARCH_S) {
            me->is_searching = 0U;
            aibms_now_set(cell, &me->pace, me->filter.soc, core, held_a - me->filter.offset_a, share, now);
        }
    } else {
        aibms_now_set(cell, &me->pace, me->filter.soc, core, held_a - me->filter.offset_a, share, now);
        if (is_gap) {
            /* The current is unknown: the offset is then no evidence for charge. */
            now->step_s = 0.0F;
        }
        aibms_filter_predict(cell, now, &me->filter, held_a);
    }
}

static void widen(aibms_soc *me, float deviation)
{
    uint32_t k;
    aibms_filter_widen(&me->filter, deviation);
    if (me->is_searching != 0U) {
        for (k = 0U; k < AIBMS_BELIEFS; k++) {
            aibms_filter_widen(&me->search.filter[k], deviation);
        }
    }
}

static void advance(const aibms_cell *cell, aibms_soc *me, float step_s, bool has_current, aibms_now *now)
{
    bool is_gap = (step_s > GAP_S) && (step_s > (4.0F * me->usual_step_s)) && (me->usual_step_s > 0.0F);
    float held_a = me->current_a;
    float size = aibms_size(held_a);
    float share = aibms_clamp((me->load_a * 10.0F) / aibms_clamp(cell->capacity_ah, 0.01F, 10000.0F), 0.0F, 1.0F);
    uint32_t j;
    me->since_start_s = aibms_clamp(me->since_start_s + step_s, 0.0F, 1e6F);
    if (is_gap) {
        /* Nothing is known of a gap: no current is assumed, and the SOC widened by what may have flowed. */
        me->since_gap_s = 0.0F;
        held_a = me->filter.offset_a;
        size = 0.0F;
    } else {
        me->since_gap_s = aibms_clamp(me->since_gap_s + step_s, 0.0F, 1000.0F);
        me->usual_step_s = (me->usual_step_s > 0.0F) ? ((0.9F * me->usual_step_s) + (0.1F * step_s)) : step_s;
        me->usual_step_s = aibms_clamp(me->usual_step_s, 0.0F, 1e7F);
    }
    aibms_pace_set(cell, &me->pace, step_s, me->temperature_deg_c + me->warm_k);
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        me->pace.since[j] = aibms_clamp(me->pace.since[j] * me->pace.kept[j], 0.0F, 1.0F);
    }
    predict(cell, me, held_a, share, is_gap, now);
    me->load_a = aibms_clamp((me->pace.kept_load * me->load_a) + ((1.0F - me->pace.kept_load) * size), 0.0F, 1e6F);
    look_at_load(cell, me, held_a, step_s);
    if (is_gap) {
        widen(me, aibms_clamp(5.5555556e-05F * step_s, 0.0F, 0.25F));
    } else if (!has_current) {
        widen(me, aibms_clamp(((0.1F + ((size * (cell->soc_per_as * me->pace.per_capacity)) * 3600.0F)) * step_s) * 2.77777785e-04F, 0.0F, 1.0F));
    } else {
        /* The usual step needs no widening. */
    }
}

static void take_in(const aibms_cell *cell, aibms_soc *me, float voltage_v, const aibms_now *now)
{
    float heat;
    float settled;
    if (me->is_searching != 0U) {
        aibms_search_correct(cell, &me->pace, &me->search, voltage_v, me->current_a, me->temperature_deg_c + me->warm_k);
        aibms_search_merge(&me->search, &me->filter);
    } else {
        aibms_filter_correct(cell, now, &me->filter, voltage_v, me->current_a);
    }
    heat = me->current_a * (voltage_v - me->filter.ocv_v);
    settled = cell->core_k_per_w * ((heat > 0.0F) ? heat : 0.0F);
    me->warm_k = aibms_clamp(settled + ((me->warm_k - settled) * me->pace.kept_core), 0.0F, 40.0F);
}

static uint32_t validity_of(const aibms_soc *me, bool is_sound, bool has_temperature, bool is_doubtful, float deviation)
{
    uint32_t validity = AIBMS_SOC_VALID;
    if (!is_sound) {
        validity = AIBMS_SOC_SENSOR_SUSPECT;
    } else if (me->since_gap_s < 60.0F) {
        validity = AIBMS_SOC_AFTER_GAP;
    } else if (me->has_met_temperature == 0U) {
        validity = AIBMS_SOC_TEMPERATURE_MISSING;
    } else if (!has_temperature) {
        validity = AIBMS_SOC_SENSOR_SUSPECT;
    } else if (is_doubtful) {
        validity = AIBMS_SOC_MODEL_DOUBTFUL;
    } else if ((me->is_unknown_start != 0U) && (me->since_start_s < 300.0F) && (deviation > 0.02F)) {
        validity = AIBMS_SOC_CONVERGING;
    } else if ((me->filter.slope_v < 0.2F) && (deviation > 0.03F)) {
        validity = AIBMS_SOC_PLATEAU;
    } else {
        /* Known within its band. */
    }
    return validity;
}

static void answer_of(const aibms_cell *cell, const aibms_soc *me, bool is_sound, bool has_temperature, aibms_answer *answer)
{
    float deviation = aibms_root(me->filter.p[0]);
    bool is_doubtful = (me->filter.adapted > 9.0F) || (aibms_size(me->filter.offset_a) > (5.0F * cell->offset_deviation_a));
    aibms_place t = aibms_place_in((me->temperature_deg_c - cell->first_temperature_deg_c) * cell->temperature_per_k, cell->temperature_count - 1U);
    float low = cell->row[t.index][6];
    float open;
    answer->soc = aibms_clamp(me->filter.soc, 0.0F, 1.0F);
    if (is_doubtful) {
        deviation = aibms_clamp(deviation, UNKNOWN_DEVIATION, 1.0F);
    }
    if (me->has_met_temperature == 0U) {
        deviation = aibms_clamp(deviation, 0.05F, 1.0F);
    }
    open = aibms_clamp((low + ((cell->row[t.index + 1U][6] - low) * t.weight)) * (1.0F - answer->soc), 0.0F, 1.0F);
    answer->deviation = aibms_root((deviation * deviation) + (open * open));
    answer->model_v = me->filter.model_v;
    answer->offset_a = me->filter.offset_a;
    answer->core_deg_c = me->temperature_deg_c + me->warm_k;
    answer->excess = me->filter.excess;
    answer->validity = validity_of(me, is_sound, has_temperature, is_doubtful, answer->deviation);
}

void aibms_soc_learn_capacity(const aibms_cell *cell, aibms_soc *me, float capacity_ah)
{
    if (aibms_is_between(capacity_ah, LEAST_AH, MOST_AH)) {
        float ratio = aibms_clamp(capacity_ah, LEAST_AH, MOST_AH) / cell->capacity_ah;
        me->pace.per_capacity = 1.0F / aibms_hold(ratio, LEAST_CAPACITY, MOST_CAPACITY);
    }
}

void aibms_soc_step(const aibms_cell *cell, aibms_soc *me, float step_s, float current_a, float voltage_v, float temperature_deg_c, aibms_answer *answer)
{
    float most_a = 1000.0F * cell->capacity_ah;
    bool has_voltage = (voltage_v > cell->lowest_v) && (voltage_v < cell->highest_v);
    bool has_current = (current_a > -most_a) && (current_a < most_a);
    bool has_temperature = (temperature_deg_c > -60.0F) && (temperature_deg_c < 150.0F);
    aibms_now now = {0};
    me->pace.per_capacity = aibms_clamp(me->pace.per_capacity, 0.8F, 2.0F); /* which every told one is: a flipped bit does not last */
    if (has_temperature) {
        me->temperature_deg_c = aibms_clamp(temperature_deg_c, -60.0F, 150.0F);
        me->has_met_temperature = 1U;
    }
    if (has_current) {
        me->current_a = aibms_clamp(current_a, -most_a, most_a);
    }
    answer->residual_v = 0.0F;
    if ((me->is_running == 0U) && (!has_voltage)) {
        answer->soc = 0.5F;
        answer->deviation = UNKNOWN_DEVIATION;
        answer->model_v = 0.0F;
        answer->offset_a = 0.0F;
        answer->core_deg_c = me->temperature_deg_c;
        answer->excess = 0.0F;
        answer->validity = AIBMS_SOC_UNKNOWN;
    } else {
        if (me->is_running == 0U) {
            begin(cell, me, &now);
        } else {
            advance(cell, me, aibms_clamp(step_s, 0.0F, 1e7F), has_current, &now);
        }
        if (has_voltage) {
            take_in(cell, me, aibms_clamp(voltage_v, cell->lowest_v, cell->highest_v), &now);
            answer->residual_v = me->filter.residual_v;
        }
        answer_of(cell, me, has_voltage && has_current, has_temperature, answer);
    }
}
