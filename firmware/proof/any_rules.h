/* A pack's rules that the analyser may choose: all that aibms_pack_rules_are_sound takes. */
#ifndef AIBMS_PROOF_ANY_RULES_H
#define AIBMS_PROOF_ANY_RULES_H

#include "any.h"

#include "aibms/pack.h"

static inline void any_rules(aibms_pack_rules *rules)
{
    rules->version = AIBMS_PACK_VERSION;
    rules->cell_count = (uint32_t)Frama_C_interval(1, (int)AIBMS_CELLS);
    rules->lowest_v = within(0.0F, 10.0F);
    rules->highest_v = within(0.0F, 10.0F);
    rules->charge_a = within(0.0F, 1e5F);
    rules->discharge_a = within(0.0F, 1e5F);
    rules->hottest_deg_c = within(-50.0F, 200.0F);
    rules->settled_k_per_w = within(0.0F, 1e3F);
    rules->bleed_ohm = within(0.1F, 1e6F);
    rules->board_k_per_w = within(1e-3F, 1e3F);
    rules->board_time_s = within(0.1F, 1e6F);
    rules->most_board_deg_c = within(0.0F, 200.0F);
}

#endif
