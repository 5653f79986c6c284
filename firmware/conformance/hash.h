/* FNV-1a over the bits of answers; a NaN of any bits and what is unknown hash alike, so that only numbers are compared. */
#ifndef AIBMS_CONFORMANCE_HASH_H
#define AIBMS_CONFORMANCE_HASH_H

#include <stdint.h>
#include <string.h>

#define HASH_START 14695981039346656037U

static inline uint64_t hash_word(uint64_t hash, uint32_t word)
{
    uint32_t k;
    for (k = 0U; k < 4U; k++) {
        hash = (hash ^ ((word >> (8U * k)) & 0xFFU)) * 1099511628211U;
    }
    return hash;
}

static inline uint64_t hash_float(uint64_t hash, float value)
{
    uint32_t word = 0x7FC00000U;
    if ((value == value) && (value != -3.0e38F)) {
        memcpy(&word, &value, sizeof word);
    }
    return hash_word(hash, word);
}

#endif
