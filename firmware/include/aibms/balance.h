/* How uneven the pack is and what that costs, and which balancing resistors are worth switching on. */
#ifndef AIBMS_BALANCE_H
#define AIBMS_BALANCE_H

#include "aibms/pack.h"

/* With Q capacity and z SOC of each cell: the pack gives min zQ and takes min (1 - z)Q. Zero and -1 where nothing is known. */
typedef struct {
    int32_t first_empty;            /* cell from 0; -1: nothing is known */
    int32_t first_full;
    float soc;                      /* of the pack, from the two cells that bound it */
    float deviation;
    float recoverable_ah;           /* balancing brings it back */
    float recoverable_deviation_ah;
    float spread_ah;                /* only a swap does */
    float balancing_h;              /* with all resistors on that are needed */
    float bleed_ah[AIBMS_CELLS];    /* to take out of each cell so that all are full together */
    float capacity_ah[AIBMS_CELLS];
    uint32_t validity;              /* AIBMS_SOC_..., as the mean cell's */
} aibms_imbalance;

typedef struct {
    bool is_wanted[AIBMS_CELLS];
    uint32_t order[AIBMS_CELLS];    /* cells, the one with most to bleed first */
    float rise_k;                   /* of the board over its surroundings */
    float allowed_w;                /* what the board may carry for ever */
    bool is_too_hot;
} aibms_balance;

void aibms_imbalance_set(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, aibms_imbalance *out);

void aibms_balance_start(aibms_balance *me);

/* Chooses the resistors. bleed_on: those that were on; board_deg_c: NaN where it is not measured; bleed: filled. */
void aibms_balance_step(const aibms_pack_rules *rules, aibms_balance *me, const aibms_imbalance *imbalance, float step_s, const float cell_v[AIBMS_CELLS],
    const bool bleed_on[AIBMS_CELLS], float board_deg_c, bool bleed[AIBMS_CELLS]);

#endif
