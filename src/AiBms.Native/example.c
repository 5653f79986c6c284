/* State of charge from C: example LIBRARY's arguments are a cell file, a rung or a model file, and a CSV of time s, current A, voltage V, temperature degC.
   Prints the last SOC and its 90 % interval. cc example.c -I include -L OUT -l:aibms_estimators.so -o example */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aibms_estimators.h"

static uint8_t *whole(const char *path, int32_t *length)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    if (file != NULL) {
        fseek(file, 0, SEEK_END);
        *length = (int32_t)ftell(file);
        rewind(file);
        bytes = malloc((size_t)*length + 1U);
        if ((bytes != NULL) && (fread(bytes, 1U, (size_t)*length, file) != (size_t)*length)) {
            free(bytes);
            bytes = NULL;
        }
        fclose(file);
    }
    return bytes;
}

static int fail(int code)
{
    char text[500];
    aibms_last_error(text, (int32_t)sizeof text);
    fprintf(stderr, "%s\n", text);
    return code;
}

int main(int argc, char **argv)
{
    int32_t cell_length = 0;
    int32_t model_length = 0;
    int64_t handle = 0;
    aibms_sample sample;
    aibms_estimate estimate = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, AIBMS_UNKNOWN, 0};
    uint8_t *cell;
    int code;
    unsigned long count = 0U;
    FILE *rows;
    if (argc != 4) {
        fprintf(stderr, "usage: example CELL.json RUNG|MODEL.json ROWS.csv\n");
        return AIBMS_WRONG_USE;
    }
    cell = whole(argv[1], &cell_length);
    if (strstr(argv[2], ".json") != NULL) {
        uint8_t *model = whole(argv[2], &model_length);
        code = aibms_open_model(cell, cell_length, model, model_length, &handle);
        free(model);
    } else {
        code = aibms_open(cell, cell_length, argv[2], &handle);
    }
    free(cell);
    if (code != AIBMS_OK) {
        return fail(code);
    }
    aibms_start(handle, NAN, 0.0);
    rows = fopen(argv[3], "r");
    if (rows == NULL) {
        fprintf(stderr, "%s: no such file\n", argv[3]);
        return AIBMS_WRONG_USE;
    }
    while (fscanf(rows, "%lf,%lf,%lf,%lf", &sample.time_s, &sample.current_a, &sample.voltage_v, &sample.temperature_deg_c) == 4) {
        code = aibms_step(handle, &sample, &estimate);
        if (code != AIBMS_OK) {
            return fail(code);
        }
        count++;
    }
    fclose(rows);
    printf("%lu %.17g %.17g %.17g %d\n", count, estimate.soc, estimate.soc_low, estimate.soc_high, (int)estimate.validity);
    return aibms_close(handle);
}
