/* The filters of every cell, imbalance, power limits and balancing for ever: any sound cell and rules, any readings whatever, resistors on as they like. */
#include "any_cell.h"
#include "any_rules.h"

#include "aibms/power.h"

static aibms_cell cell;
static aibms_pack_rules rules;
static aibms_pack pack;
static aibms_imbalance imbalance;
static aibms_balance balance;
static float cell_v[AIBMS_CELLS];
static bool bleed_on[AIBMS_CELLS];
static bool bleed[AIBMS_CELLS];

int main(void)
{
    uint32_t k;
    any_cell(&cell);
    any_rules(&rules);
    /*@ split rules.cell_count; */
    aibms_pack_start(&pack, anything(), anything());
    aibms_balance_start(&balance);
    while (any_word != 0U) {
        aibms_cell_answer answer;
        aibms_power power;
        for (k = 0U; k < AIBMS_CELLS; k++) {
            cell_v[k] = anything();
            bleed_on[k] = any_truth();
        }
        aibms_soc_learn_capacity(&cell, &pack.mean, anything());
        aibms_pack_step(&cell, &rules, &pack, anything(), anything(), cell_v, bleed_on, anything());
        aibms_pack_cell(&cell, &pack, (uint32_t)Frama_C_interval(0, (int)AIBMS_CELLS - 1), &answer);
        /*@ assert soc_in_range: 0.0f <= answer.soc <= 1.0f; */
        /*@ assert finite: \is_finite(answer.deviation) && \is_finite(answer.resistance) && \is_finite(answer.capacity_ah) && \is_finite(answer.capacity_deviation_ah); */
        aibms_imbalance_set(&cell, &rules, &pack, &imbalance);
        /*@ assert pack_soc_in_range: 0.0f <= imbalance.soc <= 1.0f; */
        /*@ assert losses_in_range: 0.0f <= imbalance.recoverable_ah <= 1e6f && 0.0f <= imbalance.spread_ah <= 1e6f; */
        aibms_balance_step(&rules, &balance, &imbalance, anything(), cell_v, bleed_on, anything(), bleed);
        /*@ assert power_of_the_board_in_range: 0.0f <= balance.allowed_w <= 1e9f; */
        aibms_power_set(&cell, &rules, &pack, &imbalance, any_truth(), anything(), &power);
        /*@ assert current_in_range: 0.0f <= power.current_a <= 1e5f; */
        /*@ assert power_in_range: 0.0f <= power.power_w <= 1e12f && 0.0f <= power.deviation_a <= 1e9f; */
        /*@ assert cell_known: -1 <= power.cell < (int)AIBMS_CELLS; */
        if (any_word == 1U) {
            aibms_pack_start(&pack, anything(), anything());
            aibms_balance_start(&balance);
        }
    }
    return 0;
}
