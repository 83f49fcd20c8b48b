#include "CICU.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wc23-extensions"
static const _Alignas(64) unsigned char table[] = {
#embed "words.bin"
};
#pragma clang diagnostic pop

const unsigned char *cwords_table(void) { return table; }

int32_t cwords_size(void) { return (int32_t)sizeof table; }
