#include "aibms/cell.h"

static bool is_within(const float *values, uint32_t count, float low, float high)
{
    bool is_sound = true;
    uint32_t k;
    for (k = 0U; k < count; k++) {
        if (!((values[k] >= low) && (values[k] <= high))) {
            is_sound = false;
        }
    }
    return is_sound;
}

static bool has_sound_numbers(const aibms_cell *cell)
{
    const float values[20] = {cell->first_temperature_deg_c, cell->temperature_per_k, cell->capacity_ah, cell->soc_per_as, cell->charge_efficiency,
        cell->hysteresis_rate, cell->error_per_s, cell->rest_error_v, cell->lowest_v, cell->highest_v, cell->offset_deviation_a, cell->offset_walk_a2_per_s,
        cell->gain_variance_s, cell->resistance_variance_fraction, cell->pair_variance_fraction, cell->excess_walk_per_s, cell->past_load_a, cell->past_load_deviation_a, cell->core_k_per_w, cell->core_per_s};
    static const float low[20] = {-60.0F, 0.01F, 0.1F, 1e-7F, 0.5F, 0.0F, 1e-7F, 1e-4F, -5.0F, 0.0F, 1e-4F, 0.0F, 0.0F, 1e-6F, 0.0F, 0.0F, 0.0F, 1e-3F, 0.0F, 0.0F};
    static const float high[20] = {60.0F, 2.0F, 1000.0F, 0.003F, 1.0F, 1000.0F, 1.0F, 1.0F, 10.0F, 10.0F, 100.0F, 10.0F, 10.0F, 1.0F, 1.0F, 1e-4F, 1000.0F, 1000.0F, 100.0F, 10.0F};
    bool is_sound = true;
    uint32_t k;
    for (k = 0U; k < 20U; k++) {
        if (!is_within(&values[k], 1U, low[k], high[k])) {
            is_sound = false;
        }
    }
    return is_sound;
}

bool aibms_cell_is_sound(const aibms_cell *cell)
{
    bool is_sound = false;
    uint32_t t;
    uint32_t s;
    if ((cell->version == AIBMS_CELL_VERSION) && (cell->temperature_count >= 2U) && (cell->temperature_count <= AIBMS_TEMPERATURES)) {
        is_sound = has_sound_numbers(cell);
        if (!is_within(cell->ocv_v, AIBMS_OCV_NODES, 0.0F, 10.0F)) {
            is_sound = false;
        }
        for (s = 0U; s < AIBMS_SOC_NODES; s++) {
            if ((!is_within(cell->curve[s], 1U, -0.05F, 0.05F)) || (!is_within(&cell->curve[s][1], 1U, -0.001F, 0.001F))) {
                is_sound = false;
            }
            if ((!is_within(&cell->curve[s][2], 1U, 0.0F, 1.0F)) || (!is_within(&cell->curve[s][3], 1U, 0.0F, 100.0F))) {
                is_sound = false;
            }
        }
        for (t = 0U; t < AIBMS_TEMPERATURES; t++) {
            for (s = 0U; s < AIBMS_SOC_NODES; s++) {
                if (!is_within(cell->resistance_ohm[t][s], 4U, 0.0F, 10.0F)) {
                    is_sound = false;
                }
            }
            if ((!is_within(cell->row[t], 3U, 0.01F, 1e6F)) || (!is_within(&cell->row[t][3], 1U, 0.0F, 1e6F)) || (!is_within(&cell->row[t][4], 3U, 0.0F, 1.0F))) {
                is_sound = false;
            }
        }
    }
    return is_sound;
}
