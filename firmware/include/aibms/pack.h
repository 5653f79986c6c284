/* Every cell of a pack in series: one whole estimator for the mean cell, a filter of four states for each cell's difference from it.
   Memory is the caller's; any bits whatever may come as readings. The cell is the parallel group that a voltage tap sees. */
#ifndef AIBMS_PACK_H
#define AIBMS_PACK_H

#include "aibms/block.h"
#include "aibms/room.h"
#include "aibms/soc.h"

#define AIBMS_PACK_VERSION 1U

/* Of a pack: constant, written by `aibms export --pack`. Currents are those of the pack. */
typedef struct {
    uint32_t version;          /* AIBMS_PACK_VERSION */
    uint32_t cell_count;       /* in series, 1...AIBMS_CELLS */
    float lowest_v;            /* of a cell: discharging stays above */
    float highest_v;           /* of a cell: charging stays below */
    float charge_a;            /* rated, >= 0 */
    float discharge_a;         /* rated, >= 0 */
    float hottest_deg_c;       /* of a cell */
    float settled_k_per_w;     /* core over surroundings; 0 where not identified */
    float bleed_ohm;           /* of one balancing resistor */
    float board_k_per_w;       /* of the balancing board by the power of all resistors */
    float board_time_s;
    float most_board_deg_c;
} aibms_pack_rules;

/* Of a cell from the mean cell: SOC, relative resistance, mean capacity over its own less 1, slow voltage error, V; covariance by rows. */
typedef struct {
    float soc;
    float resistance;
    float inverse;
    float error_v;
    float p[10];
    float ocv_v;      /* its OCV over that of the mean cell */
    float missing_s;  /* since its tap was believed */
    uint32_t is_seen;
    uint32_t is_trusted;  /* its tap, in this step */
} aibms_difference;

typedef struct {
    aibms_soc mean;
    aibms_answer answer;   /* of the mean cell */
    aibms_difference cell[AIBMS_CELLS];
    float tap_v[AIBMS_CELLS];   /* room of a step: each tap's voltage, then with what is known of its cell taken off */
    float slope_v[AIBMS_CELLS];
    float mean_v;
    float last_a;
    uint32_t has_mean;
    uint32_t was_searching;
} aibms_pack;

typedef struct {
    float soc;             /* 0...1 */
    float deviation;
    float resistance;      /* over the cell type's */
    float capacity_ah;
    float capacity_deviation_ah;
    uint32_t validity;     /* AIBMS_SOC_... */
} aibms_cell_answer;

/* True where every number lies in the range that the proof assumes. */
bool aibms_pack_rules_are_sound(const aibms_pack_rules *rules);

/* The rules after this header where header, checksum and every range fit, else the built-in ones. */
const aibms_pack_rules *aibms_pack_choose(const aibms_pack_rules *built_in, const aibms_block *block, const aibms_pack_rules *replacement);

/* Forgets everything. soc 0...1 of the mean cell, deviation > 0; deviation <= 0: nothing is known. */
void aibms_pack_start(aibms_pack *me, float soc, float deviation);

/* One step. cell_v: voltages, NaN where none is; bleed_on: whose resistor is on (its tap is not believed). */
void aibms_pack_step(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_pack *me, float step_s, float current_a, const float cell_v[AIBMS_CELLS],
    const bool bleed_on[AIBMS_CELLS], float temperature_deg_c);

/* Variance of a cell's SOC around the mean cell's. */
float aibms_pack_variance(const aibms_pack *me, uint32_t which);

/* What is known of one cell. */
void aibms_pack_cell(const aibms_cell *cell, const aibms_pack *me, uint32_t which, aibms_cell_answer *answer);

#endif
