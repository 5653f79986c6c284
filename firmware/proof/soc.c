/* The estimator for ever: any cell whose numbers aibms_cell_is_sound takes, any readings whatever. */
#include "any_cell.h"

#include "aibms/soc.h"

static aibms_cell cell;
static aibms_soc soc;

int main(void)
{
    any_cell(&cell);
    aibms_soc_start(&soc, anything(), anything());
    while (any_word != 0U) {
        aibms_answer answer;
        aibms_soc_learn_capacity(&cell, &soc, anything());
        aibms_soc_step(&cell, &soc, anything(), anything(), anything(), anything(), &answer);
        /*@ assert soc_in_range: 0.0f <= answer.soc <= 1.0f; */
        /*@ assert deviation_in_range: 0.0f <= answer.deviation <= 1.5f; */
        /*@ assert core_in_range: -60.0f <= answer.core_deg_c <= 190.0f; */
        /*@ assert finite: \is_finite(answer.model_v) && \is_finite(answer.residual_v) && \is_finite(answer.offset_a); */
        if (any_word == 1U) {
            aibms_soc_start(&soc, anything(), anything());
        }
    }
    return 0;
}
