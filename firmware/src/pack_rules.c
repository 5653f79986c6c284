#include "aibms/pack.h"

#include "aibms/math.h"

bool aibms_pack_rules_are_sound(const aibms_pack_rules *rules)
{
    return (rules->version == AIBMS_PACK_VERSION) && (rules->cell_count >= 1U) && (rules->cell_count <= AIBMS_CELLS) && aibms_is_between(rules->lowest_v, 0.0F, 10.0F)
        && aibms_is_between(rules->highest_v, 0.0F, 10.0F) && aibms_is_between(rules->charge_a, 0.0F, 1e5F) && aibms_is_between(rules->discharge_a, 0.0F, 1e5F)
        && aibms_is_between(rules->hottest_deg_c, -50.0F, 200.0F) && aibms_is_between(rules->settled_k_per_w, 0.0F, 1e3F) && aibms_is_between(rules->bleed_ohm, 0.1F, 1e6F)
        && aibms_is_between(rules->board_k_per_w, 1e-3F, 1e3F) && aibms_is_between(rules->board_time_s, 0.1F, 1e6F) && aibms_is_between(rules->most_board_deg_c, 0.0F, 200.0F);
}

const aibms_pack_rules *aibms_pack_choose(const aibms_pack_rules *built_in, const aibms_block *block, const aibms_pack_rules *replacement)
{
    const aibms_pack_rules *chosen = built_in;
    if (aibms_block_holds(block, AIBMS_BLOCK_PACK, AIBMS_PACK_VERSION, (const uint8_t *)replacement, (uint32_t)sizeof(aibms_pack_rules))) {
        if (aibms_pack_rules_are_sound(replacement)) {
            chosen = replacement;
        }
    }
    return chosen;
}
