#include "aibms/block.h"

const aibms_cell *aibms_cell_choose(const aibms_cell *built_in, const aibms_block *block, const aibms_cell *replacement)
{
    const aibms_cell *chosen = built_in;
    if (aibms_block_holds(block, AIBMS_BLOCK_CELL, AIBMS_CELL_VERSION, (const uint8_t *)replacement, (uint32_t)sizeof(aibms_cell))) {
        if (aibms_cell_is_sound(replacement)) {
            chosen = replacement;
        }
    }
    return chosen;
}
