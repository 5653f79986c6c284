#include "aibms/net.h"

#include "aibms/math.h"

/* A gated unit remembers a mean of numbers within 1: this bound is met by no sound one, and ends what a flipped bit began. */
#define MOST_MEMORY 1.5F

/* Scaled inputs beyond this tell a network nothing. */
#define MOST_INPUT 100.0F

/* Nor do readings beyond this, in any unit. */
#define MOST_READING 1e12F

static float sigmoid(float x)
{
    return 1.0F / (1.0F + aibms_exp(-x));
}

static float hyperbolic(float x)
{
    return 1.0F - (2.0F / (aibms_exp(x + x) + 1.0F));
}

/* y <- start + W x, where start may be y; each output is summed over the inputs in their order, eight outputs at a time. */
static void product(float *y, const float *start, const float *weights, const float *x, uint32_t outputs, uint32_t inputs)
{
    const float *row = weights;
    uint32_t whole = outputs & ~7U;
    uint32_t k;
    uint32_t j;
    for (k = 0U; k < whole; k += 8U) {
        const float *w0 = row;
        const float *w1 = &w0[inputs];
        const float *w2 = &w1[inputs];
        const float *w3 = &w2[inputs];
        const float *w4 = &w3[inputs];
        const float *w5 = &w4[inputs];
        const float *w6 = &w5[inputs];
        const float *w7 = &w6[inputs];
        float s0 = start[k];
        float s1 = start[k + 1U];
        float s2 = start[k + 2U];
        float s3 = start[k + 3U];
        float s4 = start[k + 4U];
        float s5 = start[k + 5U];
        float s6 = start[k + 6U];
        float s7 = start[k + 7U];
        for (j = 0U; j < inputs; j++) {
            float value = x[j];
            s0 += w0[j] * value;
            s1 += w1[j] * value;
            s2 += w2[j] * value;
            s3 += w3[j] * value;
            s4 += w4[j] * value;
            s5 += w5[j] * value;
            s6 += w6[j] * value;
            s7 += w7[j] * value;
        }
        y[k] = s0;
        y[k + 1U] = s1;
        y[k + 2U] = s2;
        y[k + 3U] = s3;
        y[k + 4U] = s4;
        y[k + 5U] = s5;
        y[k + 6U] = s6;
        y[k + 7U] = s7;
        row = &w7[inputs];
    }
    for (; k < outputs; k++) {
        float sum = start[k];
        for (j = 0U; j < inputs; j++) {
            sum += row[j] * x[j];
        }
        y[k] = sum;
        row = &row[inputs];
    }
}

static void copy(float *to, const float *from, uint32_t count)
{
    uint32_t k;
    for (k = 0U; k < count; k++) {
        to[k] = from[k];
    }
}

static void activate(uint32_t activation, float *values, uint32_t count)
{
    uint32_t k;
    uint32_t used = (activation == AIBMS_ACT_NONE) ? 0U : count;
    for (k = 0U; k < used; k++) {
        if (activation == AIBMS_ACT_TANH) {
            values[k] = hyperbolic(values[k]);
        } else if (activation == AIBMS_ACT_SIGMOID) {
            values[k] = sigmoid(values[k]);
        } else if (!(values[k] > 0.0F)) {
            values[k] = 0.0F;
        } else {
            /* A rectifier leaves what is positive. */
        }
    }
}

static void step_gru(const aibms_layer *layer, float *state, const float *x, float *y)
{
    float gate[3][AIBMS_NET_WIDEST];
    float memory[AIBMS_NET_WIDEST];
    uint32_t units = layer->outputs;
    uint32_t each = units * layer->inputs;
    uint32_t own = units * units;
    uint32_t g;
    uint32_t k;
    for (g = 0U; g < 3U; g++) {
        product(gate[g], &layer->bias[g * units], &layer->weights[g * each], x, units, layer->inputs);
    }
    for (g = 0U; g < 2U; g++) {
        for (k = 0U; k < units; k++) {
            gate[g][k] += layer->recurrent_bias[(g * units) + k];
        }
        product(gate[g], gate[g], &layer->recurrent[g * own], state, units, units);
    }
    product(memory, &layer->recurrent_bias[2U * units], &layer->recurrent[2U * own], state, units, units);
    for (k = 0U; k < units; k++) {
        float reset = sigmoid(gate[0][k]);
        float update = sigmoid(gate[1][k]);
        float fresh = hyperbolic(gate[2][k] + (reset * memory[k]));
        state[k] = aibms_hold(((1.0F - update) * fresh) + (update * state[k]), -MOST_MEMORY, MOST_MEMORY);
    }
    copy(y, state, units);
}

/* A ring of samples, and the place of the next one behind them. */
static void step_convolution(const aibms_layer *layer, float *state, const float *x, float *y)
{
    uint32_t history = ((layer->taps - 1U) * layer->dilation) + 1U;
    uint32_t width = layer->inputs;
    float *place = &state[history * width];
    float last = (float)history - 1.0F;
    uint32_t now = (uint32_t)aibms_clamp(*place, 0.0F, last);
    uint32_t next = now + 1U;
    const uint32_t taps = layer->taps;
    const float *start = layer->bias;
    uint32_t tap;
    copy(&state[now * width], x, width);
    for (tap = 0U; tap < taps; tap++) {
        uint32_t back = (taps - 1U - tap) * layer->dilation;
        uint32_t at;
        if (now < back) {
            at = (now + history) - back;
        } else {
            at = now - back;
        }
        product(y, start, &layer->weights[(tap * layer->outputs) * width], &state[at * width], layer->outputs, width);
        start = y;
    }
    if (next == history) {
        next = 0U;
    }
    *place = (float)next;
    activate(layer->activation, y, layer->outputs);
}

static uint32_t remembered_by(const aibms_layer *layer)
{
    uint32_t count = 0U;
    if (layer->kind == AIBMS_GRU) {
        count = layer->outputs;
    }
    if (layer->kind == AIBMS_CONVOLUTION) {
        count = ((((layer->taps - 1U) * layer->dilation) + 1U) * layer->inputs) + 1U;
    }
    return count;
}

void aibms_net_start(const aibms_net *net, float *state)
{
    uint32_t k;
    for (k = 0U; k < net->state_count; k++) {
        state[k] = 0.0F;
    }
}

void aibms_net_step(const aibms_net *net, float *state, const float *inputs, float *outputs)
{
    float room[2][AIBMS_NET_WIDEST];
    const float *x = inputs;
    float *kept = state;
    uint32_t k;
    for (k = 0U; k < net->layer_count; k++) {
        const aibms_layer *layer = &net->layers[k];
        float *y = room[k & 1U];
        if (layer->kind == AIBMS_GRU) {
            step_gru(layer, kept, x, y);
        } else if (layer->kind == AIBMS_CONVOLUTION) {
            step_convolution(layer, kept, x, y);
        } else {
            product(y, layer->bias, layer->weights, x, layer->outputs, layer->inputs);
            activate(layer->activation, y, layer->outputs);
        }
        kept = &kept[remembered_by(layer)];
        x = y;
    }
    copy(outputs, x, net->output_count);
}

bool aibms_net_predict(const aibms_net *net, float *state, const float *inputs, float *outputs)
{
    const uint32_t count = net->input_count;
    float scaled[AIBMS_NET_WIDEST];
    bool is_seen = true;
    uint32_t k;
    for (k = 0U; k < count; k++) {
        const aibms_scale *scale = &net->inputs[k];
        float value = inputs[k];
        if (!aibms_is_between(value, scale->lowest, scale->highest)) {
            is_seen = false;
        }
        if (!aibms_is_between(value, -MOST_READING, MOST_READING)) {
            value = scale->mean;
        }
        scaled[k] = aibms_clamp((aibms_hold(value, -MOST_READING, MOST_READING) - scale->mean) / scale->scale, -MOST_INPUT, MOST_INPUT);
    }
    aibms_net_step(net, state, scaled, outputs);
    for (k = 0U; k < net->output_count; k++) {
        outputs[k] = net->outputs[k].mean + (net->outputs[k].scale * outputs[k]);
    }
    return is_seen;
}
