/* Reset of a Cortex-M for the conformance images: FPU on, memory set up, main called. A product has its own. */
#include <stdint.h>

extern uint32_t image_stack_top;
extern uint32_t image_data_from;
extern uint32_t image_data_begin;
extern uint32_t image_data_end;
extern uint32_t image_bss_begin;
extern uint32_t image_bss_end;

extern int main(int argc, char **argv);
extern void initialise_monitor_handles(void);
extern void exit(int code);

void image_reset(void);
void image_halt(void);

void image_halt(void)
{
    for (;;) {
    }
}

/* The monitor's command line, cut at its first blank: the image's name and a file's. */
static int arguments(char **argv)
{
    static char line[128];
    uint32_t block[2] = {(uint32_t)line, sizeof line};
    register uint32_t call __asm("r0") = 0x15U;
    register uint32_t *where __asm("r1") = block;
    char *at = line;
    int argc = 1;
    __asm volatile("bkpt 0xAB" : "+r"(call) : "r"(where) : "memory");
    argv[0] = line;
    while ((*at != '\0') && (*at != ' ')) {
        at++;
    }
    if (*at == ' ') {
        *at = '\0';
        argv[1] = at + 1;
        argc = 2;
    }
    return argc;
}

/* Not part of the reset itself: a compiler may use the FPU's registers anywhere. */
__attribute__((noinline)) static void run(void)
{
    char *argv[3] = {0, 0, 0};
    uint32_t *from = &image_data_from;
    uint32_t *to;
    for (to = &image_data_begin; to < &image_data_end; to++) {
        *to = *from;
        from++;
    }
    for (to = &image_bss_begin; to < &image_bss_end; to++) {
        *to = 0U;
    }
    initialise_monitor_handles();
    exit(main(arguments(argv), argv));
}

void image_reset(void)
{
    *(volatile uint32_t *)0xE000ED88U |= 0xFU << 20U;
    __asm volatile("dsb\n isb");
    run();
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    &image_stack_top, (void *)image_reset, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt,
    (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt, (void *)image_halt
};
