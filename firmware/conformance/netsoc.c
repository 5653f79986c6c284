/* Runs a file of readings (four floats a row: step s, current A, voltage V, temperature degC) through the features and the exported network of an exported
   cell and prints how many rows there were and a hash of every feature and answer. */
#include <stdio.h>

#include "aibms/features.h"
#include "aibms_cell_exported.h"
#include "aibms_net_exported.h"
#include "hash.h"

static aibms_net_soc soc;
static float state[AIBMS_NET_EXPORTED_STATE + 1U];

int main(int argc, char **argv)
{
    const aibms_net *net = &aibms_net_exported;
    float row[4];
    uint64_t hash = HASH_START;
    unsigned long count = 0U;
    FILE *file = (argc > 1) ? fopen(argv[1], "rb") : NULL;
    if ((file == NULL) || (net->features == NULL)) {
        printf("usage: netsoc FILE, with a network whose features are exported\n");
        return 2;
    }
    aibms_net_soc_start(net, &soc, state);
    while (fread(row, sizeof row[0], 4U, file) == 4U) {
        aibms_net_answer answer;
        uint32_t k;
        aibms_net_soc_step(&aibms_cell_exported, net, &soc, state, row[0], row[1], row[2], row[3], &answer);
        for (k = 0U; k < AIBMS_FEATURES; k++) {
            hash = hash_float(hash, aibms_feature(&soc.features, k));
        }
        hash = hash_float(hash, answer.soc);
        hash = hash_float(hash, answer.deviation);
        hash = hash_word(hash, answer.is_known ? 1U : 0U);
        count++;
    }
    fclose(file);
    printf("%lu %08lx%08lx\n", count, (unsigned long)(hash >> 32U), (unsigned long)(hash & 0xFFFFFFFFU));
    return 0;
}
