#include "aibms/cell.h"

static int32_t is_within(const float *values, uint32_t count, float low, float high)
{
    int32_t is_sound = 1;
    uint32_t k;
    for (k = 0U; k < count; k++) {
        if (!((values[k] >= low) && (values[k] <= high))) {
            is_sound = 0;
        }
    }
    return is_sound;
}

static int32_t has_sound_numbers(const aibms_cell *cell)
{
    const float values[18] = {cell->first_temperature_deg_c, cell->temperature_per_k, cell->capacity_ah, cell->soc_per_as, cell->charge_efficiency,
        cell->hysteresis_rate, cell->error_per_s, cell->rest_error_v, cell->lowest_v, cell->highest_v, cell->offset_deviation_a, cell->offset_walk_a2_per_s,
        cell->gain_variance_s, cell->resistance_variance_fraction, cell->past_load_a, cell->past_load_deviation_a, cell->core_k_per_w, cell->core_per_s};
    static const float low[18] = {-60.0F, 0.01F, 0.1F, 1e-7F, 0.5F, 0.0F, 1e-7F, 1e-4F, -5.0F, 0.0F, 1e-4F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F};
    static const float high[18] = {60.0F, 2.0F, 1000.0F, 0.003F, 1.0F, 1000.0F, 1.0F, 1.0F, 10.0F, 10.0F, 100.0F, 10.0F, 10.0F, 1.0F, 1000.0F, 1000.0F, 100.0F, 10.0F};
    int32_t is_sound = 1;
    uint32_t k;
    for (k = 0U; k < 18U; k++) {
        if (is_within(&values[k], 1U, low[k], high[k]) == 0) {
            is_sound = 0;
        }
    }
    return is_sound;
}

int32_t aibms_cell_is_sound(const aibms_cell *cell)
{
    int32_t is_sound = 0;
    uint32_t t;
    uint32_t s;
    if ((cell->version == AIBMS_CELL_VERSION) && (cell->temperature_count >= 2U) && (cell->temperature_count <= AIBMS_TEMPERATURES)) {
        is_sound = has_sound_numbers(cell);
        if (is_within(cell->ocv_v, AIBMS_OCV_NODES, 0.0F, 10.0F) == 0) {
            is_sound = 0;
        }
        for (s = 0U; s < AIBMS_SOC_NODES; s++) {
            if ((is_within(cell->curve[s], 3U, -1.0F, 1.0F) == 0) || (is_within(&cell->curve[s][3], 1U, 0.0F, 100.0F) == 0)) {
                is_sound = 0;
            }
        }
        for (t = 0U; t < AIBMS_TEMPERATURES; t++) {
            for (s = 0U; s < AIBMS_SOC_NODES; s++) {
                if (is_within(cell->resistance_ohm[t][s], 4U, 0.0F, 10.0F) == 0) {
                    is_sound = 0;
                }
            }
            if ((is_within(cell->row[t], 3U, 0.01F, 1e6F) == 0) || (is_within(&cell->row[t][3], 1U, 0.0F, 1e6F) == 0) || (is_within(&cell->row[t][4], 3U, 0.0F, 1.0F) == 0)) {
                is_sound = 0;
            }
        }
    }
    return is_sound;
}

uint32_t aibms_crc32(const uint8_t *bytes, uint32_t count)
{
    uint32_t crc = 0xFFFFFFFFU;
    uint32_t k;
    uint32_t bit;
    for (k = 0U; k < count; k++) {
        crc ^= (uint32_t)bytes[k];
        for (bit = 0U; bit < 8U; bit++) {
            uint32_t carry = crc & 1U;
            crc >>= 1U;
            if (carry != 0U) {
                crc ^= 0xEDB88320U;
            }
        }
    }
    return crc ^ 0xFFFFFFFFU;
}

const aibms_cell *aibms_cell_choose(const aibms_cell *built_in, const aibms_cell *replacement, const uint8_t *bytes, uint32_t crc)
{
    const aibms_cell *chosen = built_in;
    if ((aibms_crc32(bytes, (uint32_t)sizeof(aibms_cell)) == crc) && (aibms_cell_is_sound(replacement) != 0)) {
        chosen = replacement;
    }
    return chosen;
}
