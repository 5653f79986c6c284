/* Parameters of a cell: tables of fixed shape, constant, shared by every cell of a pack. Written by `aibms export`. */
#ifndef AIBMS_CELL_H
#define AIBMS_CELL_H

#include <stdbool.h>
#include <stdint.h>

#define AIBMS_CELL_VERSION 2U
#define AIBMS_OCV_NODES 101U
#define AIBMS_SOC_NODES 21U
#define AIBMS_TEMPERATURES 16U
#define AIBMS_PAIRS 3U

typedef struct {
    uint32_t version;           /* AIBMS_CELL_VERSION */
    uint32_t temperature_count; /* nodes in use, 2...16 */
    uint32_t is_steady;         /* 1: time constants are the same at every temperature */
    float first_temperature_deg_c;
    float temperature_per_k;    /* nodes per kelvin */
    float capacity_ah;
    float soc_per_as;           /* 1 / (3600 * capacity) */
    float charge_efficiency;
    float hysteresis_rate;      /* for each change of SOC of 1 */
    float error_per_s;          /* inverse correlation time of the slow voltage error */
    float rest_error_v;
    float lowest_v;             /* at or below: no reading */
    float highest_v;            /* at or above: no reading */
    float offset_deviation_a;
    float offset_walk_a2_per_s;
    float gain_variance_s;
    float resistance_variance_fraction; /* of all together */
    float pair_variance_fraction;       /* of each pair besides */
    float excess_walk_per_s;            /* variance that all together gain */
    float past_load_a;
    float past_load_deviation_a;
    float core_k_per_w;
    float core_per_s;
    float ocv_v[101];           /* at 25 degC */
    float curve[21][4];         /* dOCV/dT V/K, bend V/K2, half hysteresis V, factor on the load error */
    float resistance_ohm[16][21][4]; /* series, then the pairs */
    float row[16][8];           /* three time constants s, knee A (0: none), error under load V, noise V, capacity deviation, 0 */
} aibms_cell;

/* True when every number lies in the range that the proof of the filter assumes; a block from outside is used only then. */
bool aibms_cell_is_sound(const aibms_cell *cell);

#endif
