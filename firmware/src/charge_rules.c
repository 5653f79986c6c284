#include "aibms/charge.h"

#include "aibms/math.h"

static bool are_points_sound(const aibms_points *points)
{
    bool is_sound = (points->count >= 1U) && (points->count <= AIBMS_CHARGE_POINTS);
    uint32_t k;
    for (k = 0U; k < AIBMS_CHARGE_POINTS; k++) {
        is_sound = is_sound && aibms_is_between(points->at[k], -1000.0F, 1000.0F) && aibms_is_between(points->value[k], 0.0F, 1.0F);
    }
    return is_sound;
}

bool aibms_charge_rules_are_sound(const aibms_charge_rules *rules)
{
    return (rules->version == AIBMS_CHARGE_VERSION) && aibms_is_between(rules->capacity_ah, 0.1F, 1e5F) && aibms_is_between(rules->rated_a, 0.0F, 1e5F)
        && aibms_is_between(rules->full_v, 0.0F, 10.0F) && aibms_is_between(rules->margin_v, 0.0F, 1.0F) && aibms_is_between(rules->taper_factor, 1.0F, 100.0F)
        && aibms_is_between(rules->end_a, 0.0F, 1e5F) && aibms_is_between(rules->end_hold_s, 0.0F, 1e6F) && aibms_is_between(rules->restart_below_soc, 0.0F, 1.0F)
        && aibms_is_between(rules->rise_a_per_s, 0.0F, 1e5F) && aibms_is_between(rules->settle_s, 1e-3F, 1e6F) && aibms_is_between(rules->unknown_a, 0.0F, 1e5F)
        && aibms_is_between(rules->pulse_factor, 1.0F, 100.0F) && aibms_is_between(rules->pulse_s, 1e-3F, 1e6F) && aibms_is_between(rules->recover_s, 1e-3F, 1e6F)
        && are_points_sound(&rules->stages) && are_points_sound(&rules->by_temperature) && are_points_sound(&rules->by_soc);
}

const aibms_charge_rules *aibms_charge_choose(const aibms_charge_rules *built_in, const aibms_block *block, const aibms_charge_rules *replacement)
{
    const aibms_charge_rules *chosen = built_in;
    if (aibms_block_holds(block, AIBMS_BLOCK_CHARGE, AIBMS_CHARGE_VERSION, (const uint8_t *)replacement, (uint32_t)sizeof(aibms_charge_rules))) {
        if (aibms_charge_rules_are_sound(replacement)) {
            chosen = replacement;
        }
    }
    return chosen;
}
