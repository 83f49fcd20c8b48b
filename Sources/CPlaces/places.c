#include "CPlaces.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunknown-warning-option"
#pragma clang diagnostic ignored "-Wc23-extensions"
static const _Alignas(64) unsigned char weights[] = {
#embed "places.bin"
};
#pragma clang diagnostic pop

const unsigned char *cplaces_weights(void) { return weights; }

int32_t cplaces_size(void) { return (int32_t)sizeof weights; }
