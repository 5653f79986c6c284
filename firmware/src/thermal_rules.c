#include "aibms/thermal.h"

#include "aibms/math.h"

bool aibms_thermal_rules_are_sound(const aibms_thermal_rules *rules)
{
    return (rules->version == AIBMS_THERMAL_VERSION) && aibms_is_between(rules->slow_per_s, 1e-8F, 10.0F) && aibms_is_between(rules->fast_per_s, 1e-8F, 10.0F)
        && aibms_is_between(rules->core_slow, 0.0F, 1.0F) && aibms_is_between(rules->case_slow, 0.0F, 1.0F) && aibms_is_between(rules->core_of_case, 0.0F, 100.0F)
        && aibms_is_between(rules->case_of_core, 0.0F, 100.0F) && aibms_is_between(rules->core_k_per_w, 0.0F, 1e3F) && aibms_is_between(rules->case_k_per_w, 0.0F, 1e3F)
        && aibms_is_between(rules->surroundings_walk_k2_per_h, 0.0F, 1e4F);
}

const aibms_thermal_rules *aibms_thermal_choose(const aibms_thermal_rules *built_in, const aibms_block *block, const aibms_thermal_rules *replacement)
{
    const aibms_thermal_rules *chosen = built_in;
    if (aibms_block_holds(block, AIBMS_BLOCK_THERMAL, AIBMS_THERMAL_VERSION, (const uint8_t *)replacement, (uint32_t)sizeof(aibms_thermal_rules))) {
        if (aibms_thermal_rules_are_sound(replacement)) {
            chosen = replacement;
        }
    }
    return chosen;
}
