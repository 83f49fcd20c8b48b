#ifndef CPCRE2_SHIM_H
#define CPCRE2_SHIM_H
/* The header names nothing until the width is chosen; Swift then calls the names with the suffix _8. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
