#ifndef CICU_H
#define CICU_H
/* A facade over ICU in plain C types. No <unicode/…> header may stand here: Foundation on Linux brings its own ICU module,
   and what sees both does not compile (swiftlang/swift-foundation-icu#93). */
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the fold of one code unit of the BMP is. The values below 0x10 are no text: they say what to do with it. */
enum {
    CICU_FOLD_DROP = 0,   /* default ignorable or control: vanishes without a trace */
    CICU_FOLD_SPACE = 1,  /* blank: dropped, leaves a gap */
    CICU_FOLD_SYMBOL = 2, /* symbol that people put between the characters of a word: dropped, leaves a gap */
    CICU_FOLD_SLOW = 3    /* folds to several units or joins with its neighbours: ask cicu_fold_run */
};

/* Fills `table` (65,536 entries) with NFKC_Casefold of each BMP code point, or one of the values above.
   Returns 0, or ICU's error code. */
int32_t cicu_fold_table(uint16_t *table);

/* What a unit that came out of folding is: itself or CICU_FOLD_DROP, _SPACE, _SYMBOL. */
uint16_t cicu_unit_class(uint16_t unit);

/* NFKC_Casefold of `n` UTF-16 units; returns the number of units written, or a negative number when `capacity` is too
   small or ICU failed. */
int32_t cicu_fold_run(const uint16_t *source, int32_t n, uint16_t *target, int32_t capacity);

/* 1 when normalisation can begin at this code point without looking at what stands before it. */
int32_t cicu_boundary_before(int32_t codePoint);

/* A word break iterator for Chinese. One per thread. NULL when ICU lacks its data. */
typedef struct cicu_words cicu_words;
cicu_words *cicu_words_open(void);
void cicu_words_close(cicu_words *);

/* Writes the end of each word of `text` and its status (ICU's rule status: 0…99 is punctuation and blanks) and returns
   their number, or -1 when there are more than `capacity` or ICU failed. `statuses` may be NULL. */
int32_t cicu_words_all(
    cicu_words *, const uint16_t *text, int32_t n, int32_t *ends, int32_t *statuses, int32_t capacity);

/* ICU's version, as "72.1". Owned by the library. */
const char *cicu_version(void);

/* The table of words that Scripts/make-word-table.py writes, as it lies in the program: the loader maps it, nothing reads or
   parses a file. Its layout stands in docs/reference/segmentation.md. Never NULL; aligned to 64. */
const unsigned char *cwords_table(void);

/* The table's length in bytes. */
int32_t cwords_size(void);

#ifdef __cplusplus
}
#endif
#endif
