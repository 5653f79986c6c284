#include "aibms/soc.h"

#include "aibms/math.h"

#define GAP_S 20.0F
#define SETTLE_S 3.0F
#define UNKNOWN_DEVIATION 0.29F

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
    me->since_gap_s = 1000.0F;
    me->temperature_deg_c = 25.0F;
}

static void begin(const aibms_cell *cell, aibms_soc *me, float voltage_v, aibms_now *now)
{
    float found;
    me->is_running = 1U;
    me->load_a = aibms_clamp(aibms_size(me->current_a), 0.0F, 1e6F);
    aibms_now_set(cell, &me->pace, me->start_soc, me->temperature_deg_c, me->current_a, SETTLE_S, 1.0F, now);
    aibms_filter_begin(cell, now, &me->filter, me->start_soc, me->start_deviation, me->current_a);
    if (me->is_unknown_start != 0U) {
        /* Resistances depend on the SOC that is looked for: once more with what was found. */
        aibms_filter_find(cell, now, &me->filter, voltage_v, me->current_a);
        found = me->filter.soc;
        aibms_now_set(cell, &me->pace, found, me->temperature_deg_c, me->current_a, SETTLE_S, 1.0F, now);
        aibms_filter_begin(cell, now, &me->filter, found, me->start_deviation, me->current_a);
        aibms_filter_find(cell, now, &me->filter, voltage_v, me->current_a);
    }
}

static void advance(const aibms_cell *cell, aibms_soc *me, float step_s, int32_t has_current, aibms_now *now)
{
    int32_t is_gap = ((step_s > GAP_S) && (step_s > (4.0F * me->usual_step_s)) && (me->usual_step_s > 0.0F)) ? 1 : 0;
    float held_a = me->current_a;
    float size = aibms_size(held_a);
    float share = aibms_clamp((me->load_a * 10.0F) / aibms_clamp(cell->capacity_ah, 0.01F, 10000.0F), 0.0F, 1.0F);
    me->since_start_s = aibms_clamp(me->since_start_s + step_s, 0.0F, 1e6F);
    if (is_gap != 0) {
        /* Nothing is known of a gap: no current is assumed, and the SOC widened by what may have flowed. */
        me->since_gap_s = 0.0F;
        held_a = me->filter.offset_a;
        size = 0.0F;
    } else {
        me->since_gap_s = aibms_clamp(me->since_gap_s + step_s, 0.0F, 1000.0F);
        me->usual_step_s = (me->usual_step_s > 0.0F) ? ((0.9F * me->usual_step_s) + (0.1F * step_s)) : step_s;
        me->usual_step_s = aibms_clamp(me->usual_step_s, 0.0F, 1e7F);
    }
    aibms_now_set(cell, &me->pace, me->filter.soc, me->temperature_deg_c + me->warm_k, held_a - me->filter.offset_a, step_s, share, now);
    aibms_filter_predict(cell, now, &me->filter, held_a);
    me->load_a = aibms_clamp((me->pace.kept_load * me->load_a) + ((1.0F - me->pace.kept_load) * size), 0.0F, 1e6F);
    if (is_gap != 0) {
        aibms_filter_widen(&me->filter, aibms_clamp(5.5555556e-05F * step_s, 0.0F, 0.25F));
    } else if (has_current == 0) {
        aibms_filter_widen(&me->filter, aibms_clamp(((0.1F + ((size * cell->soc_per_as) * 3600.0F)) * step_s) * 2.77777785e-04F, 0.0F, 1.0F));
    } else {
        /* The usual step needs no widening. */
    }
}

static uint32_t validity_of(const aibms_soc *me, int32_t is_sound, int32_t has_temperature, int32_t is_doubtful, float deviation)
{
    uint32_t validity = AIBMS_SOC_VALID;
    if (is_sound == 0) {
        validity = AIBMS_SOC_SENSOR_SUSPECT;
    } else if (me->since_gap_s < 60.0F) {
        validity = AIBMS_SOC_AFTER_GAP;
    } else if (me->has_met_temperature == 0U) {
        validity = AIBMS_SOC_TEMPERATURE_MISSING;
    } else if (has_temperature == 0) {
        validity = AIBMS_SOC_SENSOR_SUSPECT;
    } else if (is_doubtful != 0) {
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

static void answer_of(const aibms_cell *cell, const aibms_soc *me, int32_t is_sound, int32_t has_temperature, aibms_answer *answer)
{
    float deviation = aibms_root(me->filter.p_soc);
    int32_t is_doubtful = ((me->filter.adapted > 9.0F) || (aibms_size(me->filter.offset_a) > (5.0F * cell->offset_deviation_a))) ? 1 : 0;
    aibms_place t = aibms_place_in((me->temperature_deg_c - cell->first_temperature_deg_c) * cell->temperature_per_k, cell->temperature_count - 1U);
    float low = cell->row[t.index][6];
    float open;
    answer->soc = aibms_clamp(me->filter.soc, 0.0F, 1.0F);
    if (is_doubtful != 0) {
        deviation = aibms_clamp(deviation, UNKNOWN_DEVIATION, 1.0F);
    }
    if (me->has_met_temperature == 0U) {
        deviation = aibms_clamp(deviation, 0.05F, 1.0F);
    }
    open = (low + ((cell->row[t.index + 1U][6] - low) * t.weight)) * (1.0F - answer->soc);
    answer->deviation = aibms_root((deviation * deviation) + (open * open));
    answer->model_v = me->filter.model_v;
    answer->offset_a = me->filter.offset_a;
    answer->core_deg_c = me->temperature_deg_c + me->warm_k;
    answer->validity = validity_of(me, is_sound, has_temperature, is_doubtful, answer->deviation);
}

void aibms_soc_step(const aibms_cell *cell, aibms_soc *me, float step_s, float current_a, float voltage_v, float temperature_deg_c, aibms_answer *answer)
{
    float most_a = 1000.0F * cell->capacity_ah;
    int32_t has_voltage = ((voltage_v > cell->lowest_v) && (voltage_v < cell->highest_v)) ? 1 : 0;
    int32_t has_current = ((current_a > -most_a) && (current_a < most_a)) ? 1 : 0;
    int32_t has_temperature = ((temperature_deg_c > -60.0F) && (temperature_deg_c < 150.0F)) ? 1 : 0;
    aibms_now now = {0};
    if (has_temperature != 0) {
        me->temperature_deg_c = aibms_clamp(temperature_deg_c, -60.0F, 150.0F);
        me->has_met_temperature = 1U;
    }
    if (has_current != 0) {
        me->current_a = aibms_clamp(current_a, -most_a, most_a);
    }
    if ((me->is_running == 0U) && (has_voltage == 0)) {
        answer->soc = 0.5F;
        answer->deviation = UNKNOWN_DEVIATION;
        answer->model_v = 0.0F;
        answer->residual_v = 0.0F;
        answer->offset_a = 0.0F;
        answer->core_deg_c = me->temperature_deg_c;
        answer->validity = AIBMS_SOC_UNKNOWN;
    } else {
        if (me->is_running == 0U) {
            begin(cell, me, voltage_v, &now);
        } else {
            advance(cell, me, aibms_clamp(step_s, 0.0F, 1e7F), has_current, &now);
        }
        if (has_voltage != 0) {
            float heat;
            float settled;
            aibms_filter_correct(cell, &now, &me->filter, voltage_v, me->current_a);
            heat = me->current_a * (voltage_v - me->filter.ocv_v);
            settled = cell->core_k_per_w * ((heat > 0.0F) ? heat : 0.0F);
            me->warm_k = aibms_clamp(settled + ((me->warm_k - settled) * me->pace.kept_core), 0.0F, 40.0F);
            answer->residual_v = me->filter.residual_v;
        } else {
            aibms_filter_hold(cell, &me->filter);
            answer->residual_v = 0.0F;
        }
        answer_of(cell, me, ((has_voltage != 0) && (has_current != 0)) ? 1 : 0, has_temperature, answer);
    }
}
