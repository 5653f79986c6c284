/* Parameters that can be replaced at run time: a header with version, length and checksum before the bytes of a structure. */
#ifndef AIBMS_BLOCK_H
#define AIBMS_BLOCK_H

#include "aibms/cell.h"

#define AIBMS_BLOCK_MAGIC 0x534D4249U /* "IBMS" in memory */
#define AIBMS_BLOCK_CELL 1U
#define AIBMS_BLOCK_LIMITS 2U
#define AIBMS_BLOCK_PACK 3U
#define AIBMS_BLOCK_CHARGE 4U
#define AIBMS_BLOCK_THERMAL 5U

typedef struct {
    uint32_t magic;
    uint32_t kind;     /* AIBMS_BLOCK_... */
    uint32_t version;  /* of the structure that follows */
    uint32_t size;     /* of it, bytes */
    uint32_t revision; /* of the numbers, for the reader; not looked at here */
    uint32_t crc;      /* CRC-32 of the bytes that follow */
} aibms_block;

/* True where the header fits and the bytes have its checksum. */
bool aibms_block_holds(const aibms_block *block, uint32_t kind, uint32_t version, const uint8_t *bytes, uint32_t size);

/* The cell after this header where header, checksum and every range fit, else the built-in one. */
const aibms_cell *aibms_cell_choose(const aibms_cell *built_in, const aibms_block *block, const aibms_cell *replacement);

/* CRC-32 (IEEE 802.3, reflected, initial and final all ones). */
uint32_t aibms_crc32(const uint8_t *bytes, uint32_t count);

#endif
