/* An exported network for ever: any input whatever. */
#include "any.h"

#include "aibms_net_exported.h"

static float state[AIBMS_NET_EXPORTED_STATE + 1U];
static float inputs[AIBMS_NET_WIDEST];
static float outputs[AIBMS_NET_WIDEST];

int main(void)
{
    const aibms_net *net = &aibms_net_exported;
    uint32_t k;
    aibms_net_start(net, state);
    while (any_word != 0U) {
        /*@ loop unroll 64; */
        for (k = 0U; k < AIBMS_NET_WIDEST; k++) {
            inputs[k] = anything();
        }
        (void)aibms_net_predict(net, state, inputs, outputs);
        /*@ assert finite: \is_finite(outputs[0]); */
        if (any_word == 1U) {
            aibms_net_start(net, state);
        }
    }
    return 0;
}
