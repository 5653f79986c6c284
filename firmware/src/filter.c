#include "aibms/math.h"
#include "aibms/soc.h"

#define LOW_SOC (-0.02F)
#define HIGH_SOC 1.02F
#define MOST_PAIR_V 2.0F
#define MOST_ERROR_V 0.5F
#define LEAST_VARIANCE 1e-12F
#define MOST_SOC_VARIANCE 0.1F
#define MOST_ERROR_V2 0.25F
#define MOST_OFFSET_VARIANCE 400.0F

typedef struct {
    float thermal_v;
    float slope_v;
    float memory_v;
} curve_point;

static float ocv_at(const aibms_cell *cell, float soc)
{
    float place = soc * 100.0F;
    uint32_t k = (uint32_t)aibms_clamp(place, 0.0F, 99.0F);
    return cell->ocv_v[k] + ((cell->ocv_v[k + 1U] - cell->ocv_v[k]) * (place - (float)k));
}

static curve_point curve_at(const aibms_cell *cell, float soc, float above_k)
{
    aibms_place s = aibms_place_in(soc * 20.0F, AIBMS_SOC_NODES - 1U);
    const float *row = cell->curve[s.index];
    const float *next = cell->curve[s.index + 1U];
    float low = (row[0] + (row[1] * above_k)) * above_k;
    float high = (next[0] + (next[1] * above_k)) * above_k;
    curve_point point;
    point.thermal_v = low + ((high - low) * s.weight);
    point.slope_v = (high - low) * 20.0F;
    point.memory_v = row[2] + ((next[2] - row[2]) * s.weight);
    return point;
}

static float soc_at(const aibms_cell *cell, float voltage_v, float above_k)
{
    float low = 0.0F;
    float high = 1.0F;
    uint32_t k;
    for (k = 0U; k < 20U; k++) {
        float middle = (low + high) * 0.5F;
        if ((ocv_at(cell, middle) + curve_at(cell, middle, above_k).thermal_v) < voltage_v) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) * 0.5F;
}

void aibms_filter_begin(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float soc, float deviation, float measured_a)
{
    float past = -cell->past_load_a * 0.333333343F;
    float memory = curve_at(cell, 0.5F, now->above_k).memory_v;
    float variance = now->load_error_v2 + (0.36F * (memory * memory));
    uint32_t j;
    if (aibms_size(measured_a) > (cell->capacity_ah * 0.05F)) {
        past = -cell->past_load_a;
    }
    me->soc = aibms_clamp(soc, LOW_SOC, HIGH_SOC);
    me->offset_a = 0.0F;
    me->error_v = 0.0F;
    me->branch = 0.0F;
    me->adapted = 1.0F;
    me->residual_v = 0.0F;
    me->model_v = 0.0F;
    me->ocv_v = 0.0F;
    me->slope_v = 0.0F;
    me->p_soc = aibms_clamp(deviation * deviation, LEAST_VARIANCE, MOST_SOC_VARIANCE);
    me->p_offset = aibms_clamp(cell->offset_deviation_a * cell->offset_deviation_a, LEAST_VARIANCE, MOST_OFFSET_VARIANCE);
    me->p_soc_offset = 0.0F;
    me->p_soc_error = 0.0F;
    me->p_offset_error = 0.0F;
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        float left = now->resistance_ohm[1U + j] * past;
        float spread = (now->resistance_ohm[1U + j] * cell->past_load_deviation_a) * now->kept[j];
        float fresh = (0.3F * now->settled_v[j]) * (1.0F - now->kept[j]);
        me->pair_v[j] = aibms_clamp(now->settled_v[j] + ((left - now->settled_v[j]) * now->kept[j]), -MOST_PAIR_V, MOST_PAIR_V);
        variance += (spread * spread) + (fresh * fresh);
    }
    me->p_error = aibms_clamp(variance, LEAST_VARIANCE, MOST_ERROR_V2);
}

void aibms_filter_find(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_v, float measured_a)
{
    float ocv = (((measured_v - (now->resistance_ohm[0] * measured_a)) - me->pair_v[0]) - me->pair_v[1]) - me->pair_v[2];
    float deviation = aibms_root(me->p_error + now->noise_v2);
    float low = soc_at(cell, ocv - deviation, now->above_k);
    float high = soc_at(cell, ocv + deviation, now->above_k);
    float half = aibms_clamp((high - low) * 0.5F, 0.005F, 0.29F);
    float per_v = half / aibms_clamp(deviation, 1e-4F, 1.0F);
    me->soc = soc_at(cell, ocv, now->above_k);
    me->p_soc = aibms_clamp(half * half, LEAST_VARIANCE, MOST_SOC_VARIANCE);
    me->p_soc_error = aibms_clamp(-me->p_error * per_v, -1.0F, 1.0F);
    me->p_soc_offset = aibms_clamp((me->p_offset * now->total_ohm) * per_v, -10.0F, 10.0F);
}

void aibms_filter_predict(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_a)
{
    float true_a = measured_a - me->offset_a;
    float per_ampere = now->step_s * cell->soc_per_as;
    float kept = now->kept_error;
    float efficiency = 1.0F;
    float mixed;
    uint32_t j;
    if (true_a > 0.0F) {
        efficiency = cell->charge_efficiency;
    }
    me->soc = aibms_clamp(me->soc + ((efficiency * true_a) * per_ampere), LOW_SOC, HIGH_SOC);
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        me->pair_v[j] = aibms_clamp(now->settled_v[j] + ((me->pair_v[j] - now->settled_v[j]) * now->kept[j]), -MOST_PAIR_V, MOST_PAIR_V);
    }
    me->branch = aibms_clamp(now->branch + ((me->branch - now->branch) * now->kept_branch), -1.0F, 1.0F);
    me->error_v *= kept;
    mixed = me->p_soc_offset - (per_ampere * me->p_offset);
    me->p_soc = (me->p_soc - (per_ampere * (me->p_soc_offset + mixed))) + now->added_soc;
    me->p_soc_error = (me->p_soc_error - (per_ampere * me->p_offset_error)) * kept;
    me->p_soc_offset = mixed;
    me->p_offset += now->added_offset_a2;
    me->p_offset_error *= kept;
    me->p_error = ((me->p_error * kept) * kept) + now->added_error_v2;
}

static void apply(const aibms_cell *cell, aibms_filter *me, const float gain[3], float inverse, float step)
{
    float most_a = 20.0F * cell->offset_deviation_a;
    float scaled = gain[0] * inverse;
    me->soc = aibms_clamp(me->soc + (gain[0] * step), LOW_SOC, HIGH_SOC);
    me->offset_a = aibms_clamp(me->offset_a + (gain[1] * step), -most_a, most_a);
    me->error_v = aibms_clamp(me->error_v + (gain[2] * step), -MOST_ERROR_V, MOST_ERROR_V);
    me->p_soc = aibms_clamp(me->p_soc - (scaled * gain[0]), LEAST_VARIANCE, MOST_SOC_VARIANCE);
    me->p_soc_offset = aibms_clamp(me->p_soc_offset - (scaled * gain[1]), -10.0F, 10.0F);
    me->p_soc_error = aibms_clamp(me->p_soc_error - (scaled * gain[2]), -1.0F, 1.0F);
    scaled = gain[1] * inverse;
    me->p_offset = aibms_clamp(me->p_offset - (scaled * gain[1]), LEAST_VARIANCE, MOST_OFFSET_VARIANCE);
    me->p_offset_error = aibms_clamp(me->p_offset_error - (scaled * gain[2]), -10.0F, 10.0F);
    me->p_error = aibms_clamp(me->p_error - ((gain[2] * inverse) * gain[2]), LEAST_VARIANCE, MOST_ERROR_V2);
}

void aibms_filter_correct(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_v, float measured_a)
{
    float drop = (((now->resistance_ohm[0] * (measured_a - me->offset_a)) + me->pair_v[0]) + me->pair_v[1]) + me->pair_v[2];
    float width = aibms_clamp(aibms_root(me->p_soc), 0.01F, 0.08F);
    float above = ocv_at(cell, me->soc + width);
    float below = ocv_at(cell, me->soc - width);
    curve_point point = curve_at(cell, me->soc, now->above_k);
    float slope = ((above - below) / (width + width)) + point.slope_v;
    float total = -now->total_ohm;
    float noise = now->noise_v2 * me->adapted;
    float gain[3];
    float variance;
    float square;
    float believed;
    float least;
    float seen = 25.0F;
    float inverse;
    me->ocv_v = ocv_at(cell, me->soc) + point.thermal_v;
    me->slope_v = slope;
    me->model_v = ((me->ocv_v + (point.memory_v * me->branch)) + drop) + me->error_v;
    me->residual_v = measured_v - me->model_v;
    gain[0] = ((me->p_soc * slope) + (me->p_soc_offset * total)) + me->p_soc_error;
    gain[1] = ((me->p_soc_offset * slope) + (me->p_offset * total)) + me->p_offset_error;
    gain[2] = ((me->p_soc_error * slope) + (me->p_offset_error * total)) + me->p_error;
    variance = noise + (((slope * gain[0]) + (total * gain[1])) + gain[2]);
    if (!(variance > noise)) {
        variance = noise;
    }

    /* A residual beyond four deviations is believed only as far as four would be (Huber's weighting). */
    square = me->residual_v * me->residual_v;
    believed = square * 0.0625F;
    least = aibms_clamp(variance, 1e-7F, 1e6F);
    if (!(square > (25.0F * least))) {
        seen = square / least;
    }
    if (!(believed > least)) {
        believed = least;
    }
    inverse = 1.0F / aibms_clamp(believed, 1e-7F, 1e6F);
    me->adapted = aibms_clamp((now->kept_noise * me->adapted) + ((1.0F - now->kept_noise) * seen), 1.0F, 25.0F);
    apply(cell, me, gain, inverse, inverse * me->residual_v);
}

void aibms_filter_hold(const aibms_cell *cell, aibms_filter *me)
{
    static const float nothing[3] = {0.0F, 0.0F, 0.0F};
    apply(cell, me, nothing, 0.0F, 0.0F);
}

void aibms_filter_widen(aibms_filter *me, float deviation)
{
    me->p_soc = aibms_clamp(me->p_soc + (deviation * deviation), LEAST_VARIANCE, MOST_SOC_VARIANCE);
}
