/* Calls every task of an exported folder once, so that the linker drops nothing a product needs, and adds nothing of its own. For the check of a memory map only: never run. */
#include "aibms/safety.h"

extern uint32_t image_stack_top;

#ifdef AIBMS_HAS_PACK
void pack_init(void);
void pack_task_1s(const aibms_safety_input *read, float worst_v, int32_t worst_cell, float coldest_deg_c, bool wants_charge);
void pack_task_fast(const aibms_safety_input *read, aibms_safe_command *out);
#else
void battery_init(void);
float battery_task_1s(float current_a, float voltage_v, float temperature_deg_c);
#endif
void network_init(void);
float network_task_1s(float current_a, float voltage_v, float temperature_deg_c);

int main(void);
void image_reset(void);

/* What the drivers of a product fill and read. */
#ifdef AIBMS_HAS_PACK
static aibms_safety_input read;
static aibms_safe_command command;
#endif
static volatile float soc;

int main(void)
{
#ifdef AIBMS_HAS_PACK
    pack_init();
    pack_task_fast(&read, &command);
    pack_task_1s(&read, 0.0F, -1, 25.0F, false);
#elif !defined(AIBMS_HAS_NET)
    battery_init();
    soc = battery_task_1s(soc, soc, soc);
#endif
#ifdef AIBMS_HAS_NET
    network_init();
    soc = network_task_1s(soc, soc, soc);
#endif
    return 0;
}

void image_reset(void)
{
    (void)main();
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static void *const vectors[2] = {&image_stack_top, (void *)image_reset};
