/* Small networks that take a sample at a time: dense, gated recurrent, causal convolution. Float, one order of operations, the same bits as
   the C# code. Weights are constants that `aibms export --model` writes; what a network remembers is the caller's. */
#ifndef AIBMS_NET_H
#define AIBMS_NET_H

#include <stdbool.h>
#include <stdint.h>

#define AIBMS_DENSE 0U
#define AIBMS_GRU 1U
#define AIBMS_CONVOLUTION 2U

#define AIBMS_ACT_NONE 0U
#define AIBMS_ACT_RELU 1U
#define AIBMS_ACT_TANH 2U
#define AIBMS_ACT_SIGMOID 3U

#define AIBMS_NET_WIDEST 64U
#define AIBMS_NET_LAYERS 8U

typedef struct {
    uint32_t kind;
    uint32_t activation;
    uint32_t inputs;
    uint32_t outputs;
    uint32_t taps;          /* of a convolution */
    uint32_t dilation;
    const float *weights;   /* outputs by inputs; three such blocks (reset, update, fresh); taps such blocks, the oldest first */
    const float *bias;
    const float *recurrent; /* three blocks of outputs by outputs */
    const float *recurrent_bias;
} aibms_layer;

typedef struct {
    float mean;
    float scale;
    float lowest;  /* seen in training, and a tenth of the range beyond */
    float highest;
} aibms_scale;

typedef struct {
    uint32_t layer_count;
    uint32_t input_count;
    uint32_t output_count;
    uint32_t state_count;  /* floats that the caller keeps */
    const aibms_layer *layers;
    const aibms_scale *inputs;
    const aibms_scale *outputs;
    const uint32_t *features;  /* of each input its AIBMS_FEATURE_...; a null pointer where inputs are no such features */
} aibms_net;

/* Forgets everything. state: state_count floats. */
void aibms_net_start(const aibms_net *net, float *state);

/* Takes in scaled inputs, which have to be numbers, and gives raw outputs. Widths up to AIBMS_NET_WIDEST. */
void aibms_net_step(const aibms_net *net, float *state, const float *inputs, float *outputs);

/* The same with inputs and outputs in their units; any bits whatever may come. False where an input is no number (it counts as its mean) or lies
   beyond what training saw: the outputs are then not to be used. */
bool aibms_net_predict(const aibms_net *net, float *state, const float *inputs, float *outputs);

#endif
