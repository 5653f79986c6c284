#include "aibms/block.h"

uint32_t aibms_crc32(const uint8_t *bytes, uint32_t count)
{
    uint32_t crc = 0xFFFFFFFFU;
    uint32_t k;
    uint32_t bit;
    for (k = 0U; k < count; k++) {
        crc ^= (uint32_t)bytes[k];
        for (bit = 0U; bit < 8U; bit++) {
            uint32_t carry = crc & 1U;
            crc >>= 1U;
            if (carry != 0U) {
                crc ^= 0xEDB88320U;
            }
        }
    }
    return crc ^ 0xFFFFFFFFU;
}
