/* Runs a file of scaled inputs through the exported network and prints how many there were and a hash of its raw outputs. */
#include <stdio.h>

#include "aibms_net_exported.h"
#include "hash.h"

static float state[AIBMS_NET_EXPORTED_STATE + 1U];
static float inputs[AIBMS_NET_WIDEST];

int main(int argc, char **argv)
{
    const aibms_net *net = &aibms_net_exported;
    uint64_t hash = HASH_START;
    unsigned long count = 0U;
    FILE *file = (argc > 1) ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        printf("usage: infer FILE\n");
        return 2;
    }
    aibms_net_start(net, state);
    while (fread(inputs, sizeof inputs[0], net->input_count, file) == net->input_count) {
        float outputs[AIBMS_NET_WIDEST];
        uint32_t k;
        aibms_net_step(net, state, inputs, outputs);
        for (k = 0U; k < net->output_count; k++) {
            hash = hash_float(hash, outputs[k]);
        }
        count++;
    }
    fclose(file);
    printf("%lu %08lx%08lx\n", count, (unsigned long)(hash >> 32U), (unsigned long)(hash & 0xFFFFFFFFU));
    return 0;
}
