/* Counts instructions of emlearn's float network (eml_net.h, not part of this repository) beside this runtime's for the same exported dense network, in
   the way of count.c. Build as measure.sh builds count.c, with -I of emlearn's folder; the export has to hold dense layers with tanh only. */
#include <stdio.h>
#include <stdlib.h>

#include "eml_net.h"

#include "aibms/net.h"
#include "aibms_net_exported.h"

#define STEPS 200U
#define TICK 40U
#define MOST_WEIGHTS (24U * 24U) /* of a layer: RAM of the smallest map */
#define SYST_CSR (*(volatile uint32_t *)0xE000E010U)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014U)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018U)

static float turned[AIBMS_NET_LAYERS][MOST_WEIGHTS]; /* emlearn wants inputs by outputs */
static EmlNetLayer layers[AIBMS_NET_LAYERS];
static float room[2][AIBMS_NET_WIDEST];
static EmlNet theirs = {0, layers, room[0], room[1], AIBMS_NET_WIDEST};
static float inputs[AIBMS_NET_WIDEST];
static float outputs[AIBMS_NET_WIDEST];
static float state[AIBMS_NET_EXPORTED_STATE + 1U];

static void ours_step(void)
{
    aibms_net_step(&aibms_net_exported, state, inputs, outputs);
}

static void their_step(void)
{
    (void)eml_net_infer(&theirs, inputs, (int32_t)aibms_net_exported.input_count);
}

static unsigned long count(void (*step)(void))
{
    uint32_t from;
    uint32_t k;
    SYST_RVR = 0xFFFFFFU;
    SYST_CVR = 0U;
    SYST_CSR = 5U;
    from = SYST_CVR;
    for (k = 0U; k < STEPS; k++) {
        step();
    }
    return (unsigned long)((((from - SYST_CVR) & 0xFFFFFFU) * TICK) / STEPS);
}

int main(int argc, char **argv)
{
    unsigned long products = 0U;
    uint32_t k;
    (void)argc;
    (void)argv;
    theirs.n_layers = (int32_t)aibms_net_exported.layer_count;
    for (k = 0U; k < aibms_net_exported.layer_count; k++) {
        const aibms_layer *layer = &aibms_net_exported.layers[k];
        uint32_t o;
        uint32_t i;
        if ((layer->kind != AIBMS_DENSE) || ((layer->outputs * layer->inputs) > MOST_WEIGHTS)) {
            printf("emlearn: layer %lu is not dense or too large\n", (unsigned long)k);
            return 2;
        }
        for (o = 0U; o < layer->outputs; o++) {
            for (i = 0U; i < layer->inputs; i++) {
                turned[k][(i * layer->outputs) + o] = layer->weights[(o * layer->inputs) + i];
            }
        }
        layers[k].n_outputs = (int32_t)layer->outputs;
        layers[k].n_inputs = (int32_t)layer->inputs;
        layers[k].weights = turned[k];
        layers[k].biases = (float *)layer->bias;
        layers[k].activation = (layer->activation == AIBMS_ACT_TANH) ? EmlNetActivationTanh : EmlNetActivationIdentity;
        products += (unsigned long)layer->outputs * layer->inputs;
    }
    for (k = 0U; k < aibms_net_exported.input_count; k++) {
        inputs[k] = 0.3F * (float)((k * 5U) % 7U) - 0.9F;
    }
    ours_step();
    their_step();
    printf("products %lu, first output %.6f here, %.6f by emlearn\n", products, (double)outputs[0], (double)theirs.activations2[0]);
    printf("instructions a step: %lu here, %lu by emlearn\n", count(ours_step), count(their_step));
    return 0;
}
