/* Replacement blocks of the exported tables. "blocks FILE REVISION": writes them, one after the other, each a header and a structure. "blocks FILE": reads them as a
   controller does at start and prints how many were taken as they are, with a flipped bit, and with a number out of range under a checksum that fits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aibms/charge.h"
#include "aibms/pack.h"
#include "aibms/safety.h"
#include "aibms/thermal.h"
#include "aibms_cell_exported.h"
#include "aibms_limits_exported.h"
#include "aibms_pack_exported.h"

static union {
    aibms_cell cell;
    aibms_limits limits;
    aibms_pack_rules pack;
    aibms_charge_rules charge;
    aibms_thermal_rules thermal;
    uint8_t bytes[1];
} from_outside;

static const struct {
    const void *table;
    uint32_t kind;
    uint32_t version;
    uint32_t size;
} tables[] = {
    {&aibms_cell_exported, AIBMS_BLOCK_CELL, AIBMS_CELL_VERSION, (uint32_t)sizeof(aibms_cell)},
    {&aibms_limits_exported, AIBMS_BLOCK_LIMITS, AIBMS_SAFETY_VERSION, (uint32_t)sizeof(aibms_limits)},
    {&aibms_pack_exported, AIBMS_BLOCK_PACK, AIBMS_PACK_VERSION, (uint32_t)sizeof(aibms_pack_rules)},
    {&aibms_charge_exported, AIBMS_BLOCK_CHARGE, AIBMS_CHARGE_VERSION, (uint32_t)sizeof(aibms_charge_rules)},
    {&aibms_thermal_exported, AIBMS_BLOCK_THERMAL, AIBMS_THERMAL_VERSION, (uint32_t)sizeof(aibms_thermal_rules)},
};

#define TABLES (sizeof tables / sizeof tables[0])

static int write_all(const char *path, uint32_t revision)
{
    FILE *file = fopen(path, "wb");
    size_t k;
    if (file == NULL) {
        return 2;
    }
    for (k = 0U; k < TABLES; k++) {
        aibms_block block = {AIBMS_BLOCK_MAGIC, tables[k].kind, tables[k].version, tables[k].size, revision, 0U};
        block.crc = aibms_crc32(tables[k].table, tables[k].size);
        (void)fwrite(&block, sizeof block, 1U, file);
        (void)fwrite(tables[k].table, tables[k].size, 1U, file);
        printf("kind %lu: %lu bytes, checksum %08lx\n", (unsigned long)block.kind, (unsigned long)(sizeof block + block.size), (unsigned long)block.crc);
    }
    return fclose(file);
}

static bool is_taken(const aibms_block *block)
{
    bool taken = false;
    if (block->kind == AIBMS_BLOCK_CELL) {
        taken = aibms_cell_choose(&aibms_cell_exported, block, &from_outside.cell) == &from_outside.cell;
    } else if (block->kind == AIBMS_BLOCK_LIMITS) {
        taken = aibms_limits_choose(&aibms_limits_exported, block, &from_outside.limits) == &from_outside.limits;
    } else if (block->kind == AIBMS_BLOCK_PACK) {
        taken = aibms_pack_choose(&aibms_pack_exported, block, &from_outside.pack) == &from_outside.pack;
    } else if (block->kind == AIBMS_BLOCK_CHARGE) {
        taken = aibms_charge_choose(&aibms_charge_exported, block, &from_outside.charge) == &from_outside.charge;
    } else if (block->kind == AIBMS_BLOCK_THERMAL) {
        taken = aibms_thermal_choose(&aibms_thermal_exported, block, &from_outside.thermal) == &from_outside.thermal;
    } else {
        /* A kind of a later version. */
    }
    return taken;
}

static int read_all(const char *path)
{
    unsigned long whole = 0U;
    unsigned long flipped = 0U;
    unsigned long wild = 0U;
    aibms_block block;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 2;
    }
    while ((fread(&block, sizeof block, 1U, file) == 1U) && (block.size <= sizeof from_outside) && (fread(from_outside.bytes, block.size, 1U, file) == 1U)) {
        uint8_t *last = &from_outside.bytes[block.size - 1U];
        whole += is_taken(&block) ? 1U : 0U;
        *last ^= 0x10U;
        flipped += is_taken(&block) ? 1U : 0U;
        *last ^= 0x10U;
        memset(&from_outside.bytes[4], 0xFF, 4U); /* behind the version: a count of -1, or NaN */
        block.crc = aibms_crc32(from_outside.bytes, block.size);
        wild += is_taken(&block) ? 1U : 0U;
    }
    printf("taken %lu of %lu, damaged %lu, out of range %lu\n", whole, (unsigned long)TABLES, flipped, wild);
    return fclose(file);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        printf("usage: blocks FILE [REVISION]\n");
        return 2;
    }
    return (argc > 2) ? write_all(argv[1], (uint32_t)strtoul(argv[2], NULL, 10)) : read_all(argv[1]);
}
