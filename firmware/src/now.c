#include "aibms/math.h"
#include "aibms/soc.h"

void aibms_pace_set(const aibms_cell *cell, aibms_pace *pace, float step_s, float temperature_deg_c)
{
    aibms_place t = aibms_place_in((temperature_deg_c - cell->first_temperature_deg_c) * cell->temperature_per_k, cell->temperature_count - 1U);
    float place = (float)t.index + t.weight;
    uint32_t j;
    if ((step_s != pace->step_s) || ((cell->is_steady == 0U) && (aibms_size(place - pace->place) > 0.02F))) {
        float usual_s = aibms_clamp(step_s, 0.0F, 60.0F);
        pace->step_s = step_s;
        pace->place = place;
        for (j = 0U; j < AIBMS_PAIRS; j++) {
            float low = cell->row[t.index][j];
            float tau = low + ((cell->row[t.index + 1U][j] - low) * t.weight);
            pace->kept[j] = aibms_decay(step_s / aibms_clamp(tau, 0.01F, 1e6F));
        }
        pace->kept_error = aibms_decay(step_s * cell->error_per_s);
        pace->kept_load = aibms_decay(step_s * 0.00333333341F);
        pace->kept_noise = aibms_decay(usual_s * 0.00833333377F);
        pace->kept_core = aibms_decay(usual_s * cell->core_per_s);
    }
}

static void set_errors(const aibms_cell *cell, const aibms_pace *pace, aibms_place s, float load_v, float noise_v, float true_a, float load_share, aibms_now *now)
{
    float factor = cell->curve[s.index][3];
    float load = load_v * (factor + ((cell->curve[s.index + 1U][3] - factor) * s.weight));
    float rest = load;
    float rest_v2;
    float drop;
    float pairs_v2;
    float charge;
    if (cell->rest_error_v < load) {
        rest = cell->rest_error_v;
    }
    rest_v2 = rest * rest;
    now->load_error_v2 = load * load;
    now->kept_error = pace->kept_error;
    now->added_error_v2 = (rest_v2 + ((now->load_error_v2 - rest_v2) * load_share)) * (1.0F - (now->kept_error * now->kept_error));
    drop = (now->resistance_ohm[0] * true_a) + now->settled_v[0];
    /* Resistances are off by their usual share, and each pair by a fifth besides: no table has them everywhere. */
    pairs_v2 = ((now->settled_v[0] * now->settled_v[0]) + (now->settled_v[1] * now->settled_v[1])) + (now->settled_v[2] * now->settled_v[2]);
    now->noise_v2 = ((noise_v * noise_v) + ((cell->resistance_variance_fraction * drop) * drop)) + (cell->pair_variance_fraction * pairs_v2);
    charge = true_a * now->soc_per_as;
    now->added_soc = aibms_clamp(((charge * charge) * cell->gain_variance_s) * now->step_s, 0.0F, 0.1F);
    now->added_offset_a2 = aibms_clamp(cell->offset_walk_a2_per_s * now->step_s, 0.0F, 400.0F);
    now->kept_noise = pace->kept_noise;
}

static void set_pairs(const aibms_cell *cell, const aibms_pace *pace, float true_a, float knee, aibms_now *now)
{
    float bent = true_a;
    float moved = aibms_clamp(((cell->hysteresis_rate * now->soc_per_as) * now->step_s) * aibms_size(true_a), 0.0F, 1.0F);
    uint32_t j;
    if (knee > 0.001F) {
        bent = knee * aibms_asinh(true_a / knee);
    }
    now->settled_v[0] = now->resistance_ohm[1] * bent;
    now->settled_v[1] = now->resistance_ohm[2] * true_a;
    now->settled_v[2] = now->resistance_ohm[3] * true_a;
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        now->kept[j] = pace->kept[j];
    }
    now->kept_branch = (1.0F - moved) + ((0.5F * moved) * moved);
    now->branch = 0.0F;
    if (true_a > 0.0F) {
        now->branch = 1.0F;
    }
    if (true_a < 0.0F) {
        now->branch = -1.0F;
    }
}

void aibms_now_set(const aibms_cell *cell, const aibms_pace *pace, float soc, float temperature_deg_c, float true_a, float load_share, aibms_now *now)
{
    aibms_place t = aibms_place_in((temperature_deg_c - cell->first_temperature_deg_c) * cell->temperature_per_k, cell->temperature_count - 1U);
    aibms_place s = aibms_place_in(soc * 20.0F, AIBMS_SOC_NODES - 1U);
    const float *cold = cell->row[t.index];
    const float *warm = cell->row[t.index + 1U];
    uint32_t e;
    now->step_s = pace->step_s;
    now->soc_per_as = cell->soc_per_as * pace->per_capacity;
    now->above_k = temperature_deg_c - 25.0F;
    for (e = 0U; e < 4U; e++) {
        float cold_low = cell->resistance_ohm[t.index][s.index][e];
        float warm_low = cell->resistance_ohm[t.index + 1U][s.index][e];
        float low = cold_low + ((cell->resistance_ohm[t.index][s.index + 1U][e] - cold_low) * s.weight);
        float high = warm_low + ((cell->resistance_ohm[t.index + 1U][s.index + 1U][e] - warm_low) * s.weight);
        now->resistance_ohm[e] = low + ((high - low) * t.weight);
    }
    now->total_ohm = ((now->resistance_ohm[0] + now->resistance_ohm[1]) + now->resistance_ohm[2]) + now->resistance_ohm[3];
    now->left_ohm = ((now->resistance_ohm[1] * pace->since[0]) + (now->resistance_ohm[2] * pace->since[1])) + (now->resistance_ohm[3] * pace->since[2]);
    set_pairs(cell, pace, true_a, cold[3] + ((warm[3] - cold[3]) * t.weight), now);
    set_errors(cell, pace, s, cold[4] + ((warm[4] - cold[4]) * t.weight), cold[5] + ((warm[5] - cold[5]) * t.weight), true_a, load_share, now);
}
