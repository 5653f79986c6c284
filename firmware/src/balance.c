#include "aibms/balance.h"

#include "aibms/math.h"

/* A cell is bled from this share of its capacity on, until that share is left. */
#define START_FRACTION 0.004F
#define STOP_FRACTION 0.001F
#define START_DEVIATIONS 3.0F
#define STOP_DEVIATIONS 1.0F
#define MARGIN_K 5.0F
#define UNKNOWN_AMBIENT_DEG_C 45.0F
#define MOST_BOARD_DEG_C 1000.0F
#define UNKNOWN_V 4.5F

void aibms_balance_start(aibms_balance *me)
{
    uint32_t k;
    for (k = 0U; k < AIBMS_CELLS; k++) {
        me->is_wanted[k] = false;
        me->order[k] = k;
    }
    me->rise_k = 0.0F;
    me->allowed_w = 0.0F;
    me->is_too_hot = false;
}

static float power_of(const aibms_pack_rules *rules, float cell_v)
{
    float v = UNKNOWN_V;
    if ((cell_v > -10.0F) && (cell_v < 10.0F)) {
        v = aibms_clamp(cell_v, -10.0F, 10.0F);
    }
    return (v * v) / rules->bleed_ohm;
}

/* The board lags its surroundings; how much power it may carry follows from where it would settle, so the number of resistors does not hunt. */
static void watch_board(const aibms_pack_rules *rules, aibms_balance *me, float step_s, const float *cell_v, const bool *bleed_on, float board_deg_c)
{
    float carried_w = 0.0F;
    float target_deg_c = rules->most_board_deg_c - MARGIN_K;
    float board;
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        if (bleed_on[k]) {
            carried_w = aibms_hold(carried_w + power_of(rules, cell_v[k]), 0.0F, 1e6F);
        }
    }
    me->rise_k = aibms_hold(me->rise_k + ((((carried_w * rules->board_k_per_w) - me->rise_k) * step_s) / (step_s + rules->board_time_s)), 0.0F, MOST_BOARD_DEG_C);
    board = UNKNOWN_AMBIENT_DEG_C + me->rise_k;
    if ((board_deg_c > -MOST_BOARD_DEG_C) && (board_deg_c < MOST_BOARD_DEG_C)) {
        board = aibms_clamp(board_deg_c, -MOST_BOARD_DEG_C, MOST_BOARD_DEG_C);
    }
    me->allowed_w = aibms_hold((target_deg_c - (board - me->rise_k)) / rules->board_k_per_w, 0.0F, 1e9F);
    /* Above the target nothing helps but to stop, and to begin again only when it is clearly cooler. */
    if (board > (target_deg_c + (0.5F * MARGIN_K))) {
        me->is_too_hot = true;
    } else if (board < target_deg_c) {
        me->is_too_hot = false;
    } else {
        /* As it was. */
    }
}

/* Most charge first; the order of the step before is nearly right. */
static void sort(aibms_balance *me, const aibms_imbalance *imbalance, uint32_t count)
{
    uint32_t k;
    for (k = 1U; k < count; k++) {
        uint32_t cell = me->order[k];
        uint32_t at = k;
        while ((at > 0U) && (imbalance->bleed_ah[me->order[at - 1U]] < imbalance->bleed_ah[cell])) {
            me->order[at] = me->order[at - 1U];
            at--;
        }
        me->order[at] = cell;
    }
}

void aibms_balance_step(const aibms_pack_rules *rules, aibms_balance *me, const aibms_imbalance *imbalance, float step_s, const float cell_v[AIBMS_CELLS],
    const bool bleed_on[AIBMS_CELLS], float board_deg_c, bool bleed[AIBMS_CELLS])
{
    bool is_known = (imbalance->validity != AIBMS_SOC_UNKNOWN) && (imbalance->validity != AIBMS_SOC_CONVERGING);
    float left_w = 0.0F;
    uint32_t k;
    watch_board(rules, me, aibms_clamp(step_s, 0.0F, 1e7F), cell_v, bleed_on, board_deg_c);
    if (is_known && (!me->is_too_hot)) {
        left_w = me->allowed_w;
    }
    for (k = 0U; k < rules->cell_count; k++) {
        float share = me->is_wanted[k] ? STOP_FRACTION : START_FRACTION;
        float least_ah = (me->is_wanted[k] ? STOP_DEVIATIONS : START_DEVIATIONS) * imbalance->recoverable_deviation_ah;
        me->is_wanted[k] = is_known && (imbalance->bleed_ah[k] > (share * imbalance->capacity_ah[k])) && (imbalance->bleed_ah[k] >= least_ah);
        bleed[k] = false;
    }
    sort(me, imbalance, rules->cell_count);
    for (k = 0U; k < rules->cell_count; k++) {
        uint32_t cell = me->order[k];
        if (me->is_wanted[cell]) {
            float power_w = power_of(rules, cell_v[cell]);
            if (power_w <= left_w) {
                bleed[cell] = true;
                left_w -= power_w;
            } else {
                left_w = 0.0F;
            }
        }
    }
}
