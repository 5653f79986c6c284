/* Calls every task of an exported pack once, so that the linker drops nothing a product needs. For the check of a memory map only. */
#include "aibms/safety.h"

void pack_init(void);
void pack_task_1s(const aibms_safety_input *read, float worst_v, int32_t worst_cell, float coldest_deg_c, bool wants_charge);
void pack_task_fast(const aibms_safety_input *read, aibms_safe_command *out);
void network_init(void);
float network_task_1s(float current_a, float voltage_v, float temperature_deg_c);

static aibms_safety_input read;
static aibms_safe_command command;

int main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    pack_init();
    pack_task_fast(&read, &command);
    pack_task_1s(&read, 0.0F, -1, 25.0F, false);
#ifdef AIBMS_HAS_NET
    network_init();
    read.coolant_deg_c = network_task_1s(0.0F, 3.7F, 25.0F);
#endif
    return (int)command.command.plus;
}
