/* Runs a file of readings (four floats a row: step s, current A, voltage V, temperature degC) through the filter of the exported cell and
   prints how many rows there were and a hash of every bit of every answer. Only the hash has to come back from a target. */
#include <stdio.h>

#include "aibms/soc.h"
#include "aibms_cell_exported.h"
#include "hash.h"

int main(int argc, char **argv)
{
    static aibms_soc soc;
    static float rows[256][4];
    uint64_t hash = HASH_START;
    unsigned long count = 0U;
    size_t got;
    FILE *file = (argc > 1) ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        printf("usage: replay FILE\n");
        return 2;
    }
    aibms_soc_start(&soc, 0.5F, -1.0F);
    while ((got = fread(rows, sizeof rows[0], 256U, file)) > 0U) {
        size_t k;
        for (k = 0U; k < got; k++) {
            aibms_answer answer;
            aibms_soc_step(&aibms_cell_exported, &soc, rows[k][0], rows[k][1], rows[k][2], rows[k][3], &answer);
            hash = hash_float(hash, answer.soc);
            hash = hash_float(hash, answer.deviation);
            hash = hash_float(hash, answer.model_v);
            hash = hash_float(hash, answer.residual_v);
            hash = hash_float(hash, answer.offset_a);
            hash = hash_float(hash, answer.core_deg_c);
            hash = hash_float(hash, answer.excess);
            hash = hash_word(hash, answer.validity);
            count++;
        }
    }
    fclose(file);
    printf("%lu %08lx%08lx\n", count, (unsigned long)(hash >> 32U), (unsigned long)(hash & 0xFFFFFFFFU));
    return 0;
}
