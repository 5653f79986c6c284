#include "aibms/balance.h"
#include "aibms/math.h"

#define MOST_AH 1e6F
#define NOT_KNOWN_AH (-1.0F)

typedef struct {
    float least_ah;
    float least_free_ah;
    float most_free_ah;
    float least_capacity_ah;
    float sum_ah;
    float count;
} totals;

/* Finds the cells that bound the pack; leaves the free charge of each in bleed_ah. */
static void bound(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, aibms_imbalance *out, totals *all)
{
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        aibms_cell_answer one;
        aibms_pack_cell(cell, pack, k, &one);
        out->capacity_ah[k] = one.capacity_ah;
        out->bleed_ah[k] = NOT_KNOWN_AH;
        if (one.validity != AIBMS_SOC_UNKNOWN) {
            float held_ah = one.soc * one.capacity_ah;
            float free_ah = aibms_hold(one.capacity_ah - held_ah, 0.0F, MOST_AH);
            out->bleed_ah[k] = free_ah;
            if (held_ah < all->least_ah) {
                all->least_ah = held_ah;
                out->first_empty = (int32_t)k;
            }
            if (free_ah < all->least_free_ah) {
                all->least_free_ah = free_ah;
                out->first_full = (int32_t)k;
            }
            if (free_ah > all->most_free_ah) {
                all->most_free_ah = free_ah;
            }
            if (one.capacity_ah < all->least_capacity_ah) {
                all->least_capacity_ah = one.capacity_ah;
            }
            all->sum_ah = aibms_hold(all->sum_ah + one.capacity_ah, 0.0F, MOST_AH);
            all->count += 1.0F;
        }
    }
}

/* Every cell is to have as little room as the first that is full: what it has more of room cannot be filled, so the others are bled. */
static void set_bleeding(const aibms_cell *cell, const aibms_pack_rules *rules, const totals *all, aibms_imbalance *out)
{
    float bleed_a = aibms_clamp(cell->ocv_v[50] / rules->bleed_ohm, 1e-6F, 1e6F);
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        float above_ah = 0.0F;
        float hours;
        if (out->bleed_ah[k] >= 0.0F) {
            above_ah = aibms_hold(all->most_free_ah - out->bleed_ah[k], 0.0F, MOST_AH);
        }
        out->bleed_ah[k] = above_ah;
        hours = above_ah / bleed_a;
        if (hours > out->balancing_h) {
            out->balancing_h = hours;
        }
    }
}

/* SOC and losses of the pack, from the two cells that bound it. */
static void set_pack(const aibms_cell *cell, const aibms_pack *pack, const totals *all, aibms_imbalance *out)
{
    aibms_cell_answer empty;
    aibms_cell_answer full;
    float pack_ah = aibms_hold(all->least_ah + all->least_free_ah, 0.0F, MOST_AH);
    float apart_2 = aibms_pack_variance(pack, (uint32_t)out->first_empty) + aibms_pack_variance(pack, (uint32_t)out->first_full);
    aibms_pack_cell(cell, pack, (uint32_t)out->first_empty, &empty);
    aibms_pack_cell(cell, pack, (uint32_t)out->first_full, &full);
    out->soc = (pack_ah > 1e-6F) ? aibms_hold(all->least_ah / pack_ah, 0.0F, 1.0F) : 0.0F;
    out->deviation = (empty.deviation > full.deviation) ? empty.deviation : full.deviation;
    out->recoverable_ah = aibms_hold(all->least_capacity_ah - pack_ah, 0.0F, MOST_AH);
    out->recoverable_deviation_ah = all->least_capacity_ah * aibms_root(apart_2);
    out->spread_ah = aibms_hold((all->sum_ah / aibms_hold(all->count, 1.0F, 1e6F)) - all->least_capacity_ah, 0.0F, MOST_AH);
}

void aibms_imbalance_set(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, aibms_imbalance *out)
{
    totals all = {MOST_AH, MOST_AH, 0.0F, MOST_AH, 0.0F, 0.0F};
    out->first_empty = -1;
    out->first_full = -1;
    out->soc = 0.0F;
    out->deviation = 0.0F;
    out->recoverable_ah = 0.0F;
    out->recoverable_deviation_ah = 0.0F;
    out->spread_ah = 0.0F;
    out->balancing_h = 0.0F;
    out->validity = AIBMS_SOC_UNKNOWN;
    bound(cell, rules, pack, out, &all);
    set_bleeding(cell, rules, &all, out);
    if ((out->first_empty >= 0) && (out->first_full >= 0)) {
        out->validity = pack->answer.validity;
        set_pack(cell, pack, &all, out);
    }
}
