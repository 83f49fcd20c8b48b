#include "CICU.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>

uint16_t cicu_unit_class(uint16_t unit) {
    switch (unit) {
    case '\n': case 0x2044: return unit; /* the fraction slash that NFKC puts into ½ */
    case '\r': case 0x2028: case 0x2029: return '\n';
    case '\t': return CICU_FOLD_SPACE;
    /* Symbols seen between the characters of a word, quotes among them; commas and brackets part words and stay. */
    case '*': case '.': case '_': case '-': case '~': case '|': case '/': case '\\': case '#': case '^': case '+':
    case '=': case '`': case '\'': case '"': case 0x00B7: case 0x2010: case 0x2011: case 0x2012: case 0x2013:
    case 0x2014: case 0x2015: case 0x2018: case 0x2019: case 0x201C: case 0x201D: case 0x2022: case 0x2026:
    case 0x300C: case 0x300D: case 0x300E: case 0x300F: case 0x30FB: return CICU_FOLD_SYMBOL;
    default: break;
    }
    if (u_hasBinaryProperty(unit, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CICU_FOLD_DROP;
    switch (u_charType(unit)) {
    case U_SPACE_SEPARATOR: return CICU_FOLD_SPACE;
    case U_CONTROL_CHAR: case U_FORMAT_CHAR: return CICU_FOLD_DROP;
    case U_OTHER_SYMBOL: case U_MODIFIER_SYMBOL: case U_MATH_SYMBOL: return CICU_FOLD_SYMBOL;
    default: return unit;
    }
}

int32_t cicu_fold_table(uint16_t *table) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
    if (U_FAILURE(error)) return (int32_t)error;
    for (int32_t point = 0; point < 0x10000; point++) {
        if (U16_IS_SURROGATE(point)) {
            table[point] = (uint16_t)point;
            continue;
        }
        if (point == 0x2026) { /* NFKC makes three full stops of it; all three would be dropped. */
            table[point] = CICU_FOLD_SYMBOL;
            continue;
        }
        if (!unorm2_hasBoundaryBefore(fold, point) && u_getCombiningClass(point) == 0
            && !u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
            table[point] = CICU_FOLD_SLOW;
            continue;
        }
        if (u_getCombiningClass(point) != 0) {
            table[point] = CICU_FOLD_SLOW;
            continue;
        }
        UChar in = (UChar)point, out[32];
        UErrorCode one = U_ZERO_ERROR;
        int32_t n = unorm2_normalize(fold, &in, 1, out, 32, &one);
        if (U_FAILURE(one)) return (int32_t)one;
        if (n == 0) table[point] = CICU_FOLD_DROP;
        else if (n == 1) table[point] = cicu_unit_class(out[0]);
        else table[point] = CICU_FOLD_SLOW;
    }
    return 0;
}

int32_t cicu_fold_run(const uint16_t *source, int32_t n, uint16_t *target, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
    int32_t written = unorm2_normalize(fold, (const UChar *)source, n, (UChar *)target, capacity, &error);
    return U_FAILURE(error) ? -1 : written;
}

int32_t cicu_boundary_before(int32_t codePoint) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
    return U_SUCCESS(error) && unorm2_hasBoundaryBefore(fold, codePoint);
}

cicu_words *cicu_words_open(void) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
    return U_FAILURE(error) ? NULL : (cicu_words *)words; /* "zh" opens with a warning, which is below zero */
}

void cicu_words_close(cicu_words *words) { ubrk_close((UBreakIterator *)words); }

int32_t cicu_words_all(
    cicu_words *words, const uint16_t *text, int32_t n, int32_t *ends, int32_t *statuses, int32_t capacity) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *iterator = (UBreakIterator *)words;
    ubrk_setText(iterator, (const UChar *)text, n, &error);
    if (U_FAILURE(error)) return -1;
    int32_t count = 0;
    for (int32_t end = ubrk_next(iterator); end != UBRK_DONE; end = ubrk_next(iterator)) {
        if (count == capacity) return -1;
        ends[count] = end;
        if (statuses) statuses[count] = ubrk_getRuleStatus(iterator);
        count++;
    }
    return count;
}

const char *cicu_version(void) { return U_ICU_VERSION; }
