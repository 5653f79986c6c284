#include "aibms/block.h"

bool aibms_block_holds(const aibms_block *block, uint32_t kind, uint32_t version, const uint8_t *bytes, uint32_t size)
{
    bool fits = (block->magic == AIBMS_BLOCK_MAGIC) && (block->kind == kind) && (block->version == version) && (block->size == size);
    if (fits) {
        fits = aibms_crc32(bytes, size) == block->crc;
    }
    return fits;
}
