#ifndef MINSHENG_CEXPAT_H
#define MINSHENG_CEXPAT_H

#include <expat.h>

#endif
