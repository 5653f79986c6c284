#include <stddef.h>

#include "aibms/features.h"
#include "aibms/math.h"

/* The network's step, and what it may owe at most: one step a call, so that a gap costs no more time than any other step. */
#define NET_STEP_S 1.0F
#define DUE_S 0.999F
#define MOST_OWED_S 1.999F
#define MOST_DEVIATION 0.29F
#define LEAST_DEVIATION 1e-4F

void aibms_net_soc_start(const aibms_net *net, aibms_net_soc *me, float *state)
{
    aibms_features_start(&me->features);
    me->owed_s = NET_STEP_S;
    me->soc = 0.5F;
    me->deviation = MOST_DEVIATION;
    aibms_net_start(net, state);
}

/* The network's raw answer as a state of charge; true where every input was seen in training. */
static bool ask(const aibms_net *net, aibms_net_soc *me, float *state, bool is_due)
{
    const uint32_t count = net->input_count;
    float inputs[AIBMS_NET_WIDEST];
    float outputs[AIBMS_NET_WIDEST];
    bool is_seen = true;
    uint32_t k;
    for (k = 0U; k < count; k++) {
        inputs[k] = aibms_feature(&me->features, net->features[k]);
        if (!aibms_is_between(inputs[k], net->inputs[k].lowest, net->inputs[k].highest)) {
            is_seen = false;
        }
    }
    if (is_due) {
        (void)aibms_net_predict(net, state, inputs, outputs);
        me->soc = aibms_clamp(outputs[0], 0.0F, 1.0F);
        me->deviation = MOST_DEVIATION;
        if (net->output_count > 1U) {
            me->deviation = aibms_clamp(aibms_exp(outputs[1]), LEAST_DEVIATION, MOST_DEVIATION);
        }
    }
    return is_seen;
}

void aibms_net_soc_step(const aibms_cell *cell, const aibms_net *net, aibms_net_soc *me, float *state, float step_s, float current_a, float voltage_v,
    float temperature_deg_c, aibms_net_answer *answer)
{
    bool was_running = me->features.is_running != 0U;
    bool has_features = aibms_features_step(cell, &me->features, step_s, current_a, voltage_v, temperature_deg_c);
    answer->is_known = false;
    if (has_features && (net->features != NULL)) {
        bool is_due;
        if (was_running) {
            me->owed_s = aibms_clamp(me->owed_s + aibms_clamp(step_s, 0.0F, 1e7F), 0.0F, MOST_OWED_S);
        }
        is_due = me->owed_s > DUE_S;
        if (is_due) {
            me->owed_s = aibms_clamp(me->owed_s - NET_STEP_S, 0.0F, MOST_OWED_S);
        }
        answer->is_known = ask(net, me, state, is_due);
    }
    answer->soc = aibms_clamp(me->soc, 0.0F, 1.0F);
    answer->deviation = aibms_clamp(me->deviation, LEAST_DEVIATION, MOST_DEVIATION);
}
