/* An exported network for ever: any input whatever, and, where its features are exported, any readings whatever of any sound cell. */
#include "any_cell.h"

#include "aibms/features.h"

#include "aibms_net_exported.h"

static aibms_cell cell;
static aibms_net_soc soc;
static float state[AIBMS_NET_EXPORTED_STATE + 1U];
static float inputs[AIBMS_NET_WIDEST];
static float outputs[AIBMS_NET_WIDEST];

int main(void)
{
    const aibms_net *net = &aibms_net_exported;
    uint32_t k;
    any_cell(&cell);
    aibms_net_soc_start(net, &soc, state);
    while (any_word != 0U) {
        aibms_net_answer answer;
        /*@ loop unroll 64; */
        for (k = 0U; k < AIBMS_NET_WIDEST; k++) {
            inputs[k] = anything();
        }
        (void)aibms_net_predict(net, state, inputs, outputs);
        /*@ assert finite: \is_finite(outputs[0]); */
        aibms_net_soc_step(&cell, net, &soc, state, anything(), anything(), anything(), anything(), &answer);
        /*@ assert features_in_range: -1000.0f <= soc.features.current_c <= 1000.0f && 0.0f <= soc.features.voltage_v <= 10.0f; */
        /*@ assert soc_in_range: 0.0f <= answer.soc <= 1.0f; */
        /*@ assert deviation_in_range: 0.0f < answer.deviation <= 0.3f; */
        if (any_word == 1U) {
            aibms_net_soc_start(net, &soc, state);
        }
    }
    return 0;
}
