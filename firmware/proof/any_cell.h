/* A cell that the analyser may choose: all that aibms_cell_is_sound takes. */
#ifndef AIBMS_PROOF_ANY_CELL_H
#define AIBMS_PROOF_ANY_CELL_H

#include "any.h"

#include "aibms/cell.h"

static inline void fill(float *values, uint32_t count, float low, float high)
{
    uint32_t k;
    /*@ loop unroll 101; */
    for (k = 0U; k < count; k++) {
        values[k] = within(low, high);
    }
}

/* Any cell whose numbers aibms_cell_is_sound takes. */
static inline void any_cell(aibms_cell *cell)
{
    uint32_t t;
    uint32_t s;
    cell->version = AIBMS_CELL_VERSION;
    cell->temperature_count = (uint32_t)Frama_C_interval(2, 16);
    cell->is_steady = any_word;
    cell->first_temperature_deg_c = within(-60.0F, 60.0F);
    cell->temperature_per_k = within(0.01F, 2.0F);
    cell->capacity_ah = within(0.1F, 1000.0F);
    cell->soc_per_as = within(1e-7F, 0.003F);
    cell->charge_efficiency = within(0.5F, 1.0F);
    cell->hysteresis_rate = within(0.0F, 1000.0F);
    cell->error_per_s = within(1e-7F, 1.0F);
    cell->rest_error_v = within(1e-4F, 1.0F);
    cell->lowest_v = within(-5.0F, 10.0F);
    cell->highest_v = within(0.0F, 10.0F);
    cell->offset_deviation_a = within(1e-4F, 100.0F);
    cell->offset_walk_a2_per_s = within(0.0F, 10.0F);
    cell->gain_variance_s = within(0.0F, 10.0F);
    cell->resistance_variance_fraction = within(1e-6F, 1.0F);
    cell->pair_variance_fraction = within(0.0F, 1.0F);
    cell->excess_walk_per_s = within(0.0F, 1e-4F);
    cell->past_load_a = within(0.0F, 1000.0F);
    cell->past_load_deviation_a = within(1e-3F, 1000.0F);
    cell->core_k_per_w = within(0.0F, 100.0F);
    cell->core_per_s = within(0.0F, 10.0F);
    fill(cell->ocv_v, AIBMS_OCV_NODES, 0.0F, 10.0F);
    /*@ loop unroll 21; */
    for (s = 0U; s < AIBMS_SOC_NODES; s++) {
        cell->curve[s][0] = within(-0.05F, 0.05F);
        cell->curve[s][1] = within(-0.001F, 0.001F);
        cell->curve[s][2] = within(0.0F, 1.0F);
        cell->curve[s][3] = within(0.0F, 100.0F);
    }
    /*@ loop unroll 16; */
    for (t = 0U; t < AIBMS_TEMPERATURES; t++) {
        /*@ loop unroll 21; */
        for (s = 0U; s < AIBMS_SOC_NODES; s++) {
            fill(cell->resistance_ohm[t][s], 4U, 0.0F, 10.0F);
        }
        fill(cell->row[t], 3U, 0.01F, 1e6F);
        cell->row[t][3] = within(0.0F, 1e6F);
        fill(&cell->row[t][4], 3U, 0.0F, 1.0F);
        cell->row[t][7] = within(0.0F, 1.0F);
    }
}

#endif
