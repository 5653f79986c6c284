#include "aibms/math.h"
#include "aibms/soc.h"
#include "ocv_internal.h"

#define LOW_SOC (-0.02F)
#define HIGH_SOC 1.02F
#define MOST_PAIR_V 2.0F
#define MOST_ERROR_V 0.5F
#define LEAST_EXCESS (-0.6F)
#define MOST_EXCESS 2.0F

/* Limits of the covariance. */
#define LEAST_VARIANCE 1e-12F
#define MOST_SOC_VARIANCE 0.1F
#define MOST_ERROR_V2 0.25F
#define MOST_VARIANCE 10000.0F
#define LEAST_EXCESS_VARIANCE 1e-6F
#define MOST_MIXED 1000.0F

#define MOST_REACH 8     /* sections of the OCV's table that its slope is taken over, to each side */
#define MOST_ADAPTED 16.0F

float aibms_past_load(const aibms_cell *cell, float measured_a)
{
    float past = -cell->past_load_a * 0.333333343F;
    if (aibms_size(measured_a) > (cell->capacity_ah * 0.05F)) {
        past = -cell->past_load_a;
    }
    return past;
}

void aibms_filter_begin(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float soc, float deviation, float measured_a)
{
    static const aibms_filter nothing = {0};
    float past = aibms_past_load(cell, measured_a);
    float memory = curve_near(cell, 0.5F, now->above_k).memory_v;
    float variance = now->load_error_v2 + (0.36F * (memory * memory));
    uint32_t j;
    *me = nothing;
    me->soc = aibms_clamp(soc, LOW_SOC, HIGH_SOC);
    me->adapted = 1.0F;
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        float left = now->resistance_ohm[1U + j] * past;
        float fresh = (0.3F * now->settled_v[j]) * (1.0F - now->kept[j]);
        me->pair_v[j] = aibms_clamp(now->settled_v[j] + ((left - now->settled_v[j]) * now->kept[j]), -MOST_PAIR_V, MOST_PAIR_V);
        variance += fresh * fresh;
    }
    me->p[0] = aibms_clamp(deviation * deviation, LEAST_VARIANCE, MOST_SOC_VARIANCE);
    me->p[3] = aibms_clamp(cell->offset_deviation_a * cell->offset_deviation_a, LEAST_VARIANCE, MOST_VARIANCE);
    me->p[5] = aibms_clamp(variance, LEAST_VARIANCE, MOST_ERROR_V2);
    me->p_past = aibms_clamp(cell->past_load_deviation_a * cell->past_load_deviation_a, LEAST_VARIANCE, MOST_VARIANCE);
    me->p_excess = cell->resistance_variance_fraction;
}

void aibms_filter_predict(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_a)
{
    float true_a = measured_a - me->offset_a;
    float per_ampere = aibms_most(now->step_s * now->soc_per_as, 1.0F);
    float kept = now->kept_error;
    float efficiency = 1.0F;
    float *p = me->p;
    float mixed;
    if (true_a > 0.0F) {
        efficiency = cell->charge_efficiency;
    }
    me->soc = aibms_hold(me->soc + ((efficiency * true_a) * per_ampere), LOW_SOC, HIGH_SOC);
    me->pair_v[0] = aibms_hold(now->settled_v[0] + ((me->pair_v[0] - now->settled_v[0]) * now->kept[0]), -MOST_PAIR_V, MOST_PAIR_V);
    me->pair_v[1] = aibms_hold(now->settled_v[1] + ((me->pair_v[1] - now->settled_v[1]) * now->kept[1]), -MOST_PAIR_V, MOST_PAIR_V);
    me->pair_v[2] = aibms_hold(now->settled_v[2] + ((me->pair_v[2] - now->settled_v[2]) * now->kept[2]), -MOST_PAIR_V, MOST_PAIR_V);
    me->branch = aibms_hold(now->branch + ((me->branch - now->branch) * now->kept_branch), -1.0F, 1.0F);
    me->error_v *= kept;
    /* The limits of P are held here, once a step, whatever a correction before it left. */
    mixed = p[1] - (per_ampere * p[3]);
    p[0] = aibms_hold((p[0] - (per_ampere * (p[1] + mixed))) + now->added_soc, LEAST_VARIANCE, MOST_SOC_VARIANCE);
    p[1] = aibms_hold(mixed, -MOST_MIXED, MOST_MIXED);
    p[2] = aibms_hold((p[2] - (per_ampere * p[4])) * kept, -MOST_MIXED, MOST_MIXED);
    p[3] = aibms_hold(p[3] + now->added_offset_a2, LEAST_VARIANCE, MOST_VARIANCE);
    p[4] = aibms_hold(p[4] * kept, -MOST_MIXED, MOST_MIXED);
    p[5] = aibms_hold(((p[5] * kept) * kept) + now->added_error_v2, LEAST_VARIANCE, MOST_ERROR_V2);
    me->p_past = aibms_least(me->p_past, LEAST_VARIANCE);
    me->p_excess = aibms_hold(me->p_excess + (cell->excess_walk_per_s * now->step_s), LEAST_EXCESS_VARIANCE, 1.0F);
}

/* OCV and its slope over the sections that the deviation of SOC reaches: a curve bends less over what is not known. */
static float ocv_of(const aibms_cell *cell, const aibms_filter *me, float *slope)
{
    float place = me->soc * 100.0F;
    float wide = sqrtf(me->p[0]) * 100.0F;
    int32_t k = aibms_whole(place, 99);
    int32_t reach = (int32_t)wide;
    int32_t from;
    int32_t to;
    int32_t sections;
    if (reach > MOST_REACH) {
        reach = MOST_REACH;
    }
    from = k - reach;
    to = k + reach + 1;
    if (from < 0) {
        from = 0;
    }
    if (to > 100) {
        to = 100;
    }
    sections = to - from;
    if (sections < 1) {
        sections = 1;
    }
    *slope = ((cell->ocv_v[to] - cell->ocv_v[from]) * 100.0F) / (float)sections;
    return cell->ocv_v[k] + ((cell->ocv_v[k + 1] - cell->ocv_v[k]) * (place - (float)k));
}

/* x and P take in what the gains say; inverse: 1 / variance. What readers see is held within its limits; the rest of P is held by the next prediction. */
static void apply(const aibms_cell *cell, aibms_filter *me, const float gain[5], float inverse, float step)
{
    float most_a = 20.0F * cell->offset_deviation_a;
    float most_past_a = 20.0F * cell->past_load_deviation_a;
    float *p = me->p;
    float scaled = gain[0] * inverse;
    me->soc = aibms_hold(me->soc + (gain[0] * step), LOW_SOC, HIGH_SOC);
    me->offset_a = aibms_hold(me->offset_a + (gain[1] * step), -most_a, most_a);
    me->error_v = aibms_hold(me->error_v + (gain[2] * step), -MOST_ERROR_V, MOST_ERROR_V);
    me->past_a = aibms_hold(me->past_a + (gain[3] * step), -most_past_a, most_past_a);
    me->excess = aibms_hold(me->excess + (gain[4] * step), LEAST_EXCESS, MOST_EXCESS);
    me->p_excess -= (gain[4] * inverse) * gain[4];
    p[0] = aibms_hold(p[0] - (scaled * gain[0]), LEAST_VARIANCE, MOST_SOC_VARIANCE);
    p[1] -= scaled * gain[1];
    p[2] -= scaled * gain[2];
    scaled = gain[1] * inverse;
    p[3] -= scaled * gain[1];
    p[4] -= scaled * gain[2];
    p[5] -= (gain[2] * inverse) * gain[2];
    me->p_past -= (gain[3] * inverse) * gain[3];
}

void aibms_filter_correct(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_v, float measured_a)
{
    const float *p = me->p;
    float scale = 1.0F + me->excess;
    float drop = ((((now->resistance_ohm[0] * (measured_a - me->offset_a)) + me->pair_v[0]) + me->pair_v[1]) + me->pair_v[2]) + (now->left_ohm * me->past_a);
    curve_point point = curve_near(cell, me->soc, now->above_k);
    float slope;
    float total = -(scale * now->total_ohm);
    float left = scale * now->left_ohm;
    float noise = now->noise_v2 * me->adapted;
    float gain[5];
    float variance;
    float square;
    float inverse;
    me->ocv_v = ocv_of(cell, me, &slope) + point.thermal_v;
    slope += point.slope_v;
    me->slope_v = slope;
    me->drop_v = scale * drop;
    me->series_ohm = now->resistance_ohm[0];
    me->model_v = ((me->ocv_v + (point.memory_v * me->branch)) + me->drop_v) + me->error_v;
    me->residual_v = measured_v - me->model_v;
    gain[0] = ((p[0] * slope) + (p[1] * total)) + p[2];
    gain[1] = ((p[1] * slope) + (p[3] * total)) + p[4];
    gain[2] = ((p[2] * slope) + (p[4] * total)) + p[5];
    gain[3] = me->p_past * left;
    gain[4] = me->p_excess * drop;
    variance = (((slope * gain[0]) + (total * gain[1])) + gain[2]) + ((left * gain[3]) + (drop * gain[4]));
    variance = aibms_most(noise + aibms_least(variance, 1e-7F), 1e6F);
    me->variance_v2 = variance;

    /* A residual beyond four deviations is believed only as far as four would be (Huber's weighting). */
    square = me->residual_v * me->residual_v;
    inverse = 1.0F / aibms_least(square * 0.0625F, variance);
    me->adapted = aibms_hold((now->kept_noise * me->adapted) + ((1.0F - now->kept_noise) * (square * inverse)), 1.0F, MOST_ADAPTED);
    apply(cell, me, gain, inverse, inverse * me->residual_v);
}

void aibms_filter_take_past(const aibms_cell *cell, aibms_filter *me, float past_a, float deviation_a)
{
    float most_past_a = 20.0F * cell->past_load_deviation_a;
    float inverse = 1.0F / aibms_clamp(me->p_past + (deviation_a * deviation_a), 1e-9F, 1e9F);
    float share = me->p_past * inverse;
    me->past_a = aibms_clamp(me->past_a + (share * (past_a - me->past_a)), -most_past_a, most_past_a);
    me->p_past = aibms_clamp(me->p_past - (share * me->p_past), LEAST_VARIANCE, MOST_VARIANCE);
}

void aibms_filter_widen(aibms_filter *me, float deviation)
{
    me->p[0] = aibms_clamp(me->p[0] + (deviation * deviation), LEAST_VARIANCE, MOST_SOC_VARIANCE);
}
