#define _GNU_SOURCE
#include "CArchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { blockSize = 1 << 16 };

struct CArchive {
    struct archive *reader;
    void *context;
    CArchiveRead read;
    long long size;
    long long offset;
    locale_t utf8;
    // What is unpacked and not yet handed out.
    const char *unpacked;
    size_t left;
    char block[blockSize];
};

static la_ssize_t readBlock(struct archive *reader, void *data, const void **buffer) {
    (void)reader;
    CArchive *archive = data;
    long long got = archive->read(archive->context, archive->offset, archive->block, blockSize);
    *buffer = archive->block;
    if (got > 0) archive->offset += got;
    return got;
}

static la_int64_t skipBytes(struct archive *reader, void *data, la_int64_t count) {
    (void)reader;
    CArchive *archive = data;
    if (count < 0) return 0;
    if (count > archive->size - archive->offset) count = archive->size - archive->offset;
    archive->offset += count;
    return count;
}

static la_int64_t seekTo(struct archive *reader, void *data, la_int64_t offset, int whence) {
    (void)reader;
    CArchive *archive = data;
    long long base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? archive->offset : archive->size;
    long long target = base + offset;
    if (target < 0 || target > archive->size) return ARCHIVE_FATAL;
    archive->offset = target;
    return target;
}

// libarchive turns names that are marked as UTF-8 into the thread's character set; in the C locale they would be lost.
static locale_t enter(CArchive *archive) {
    return archive->utf8 ? uselocale(archive->utf8) : (locale_t)0;
}

static void leave(locale_t before) {
    if (before) uselocale(before);
}

CArchive *carchive_open(void *context, long long size, CArchiveRead read) {
    CArchive *archive = calloc(1, sizeof(CArchive));
    if (!archive) return NULL;
    archive->context = context;
    archive->read = read;
    archive->size = size;
    archive->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = enter(archive);
    archive->reader = archive_read_new();
    int isReady = archive->reader != NULL && archive_read_support_format_zip(archive->reader) >= ARCHIVE_WARN;
    if (isReady) {
        archive_read_set_callback_data(archive->reader, archive);
        archive_read_set_read_callback(archive->reader, readBlock);
        archive_read_set_skip_callback(archive->reader, skipBytes);
        archive_read_set_seek_callback(archive->reader, seekTo);
        isReady = archive_read_open1(archive->reader) >= ARCHIVE_WARN;
    }
    leave(before);
    if (isReady) return archive;
    carchive_close(archive);
    return NULL;
}

int carchive_next(CArchive *archive, CArchiveEntry *entry) {
    struct archive_entry *found = NULL;
    archive->left = 0;
    locale_t before = enter(archive);
    int result = archive_read_next_header(archive->reader, &found);
    if (result >= ARCHIVE_WARN && result != ARCHIVE_EOF) {
        const char *name = archive_entry_pathname(found);
        if (!name) name = archive_entry_pathname_utf8(found);
        entry->name = name ? name : "";
        entry->size = archive_entry_size_is_set(found) ? archive_entry_size(found) : -1;
        entry->isFile = archive_entry_filetype(found) == AE_IFREG && archive_entry_hardlink(found) == NULL;
        entry->isLocked = archive_entry_is_encrypted(found) != 0;
        result = 1;
    } else {
        result = result == ARCHIVE_EOF ? 0 : -1;
    }
    leave(before);
    return result;
}

// Block by block: archive_read_data fills the whole target, and gives nothing at all where the archive ends before.
long long carchive_read(CArchive *archive, void *target, long long count) {
    if (count <= 0) return 0;
    while (archive->left == 0) {
        const void *data = NULL;
        size_t size = 0;
        la_int64_t offset = 0;
        locale_t before = enter(archive);
        int result = archive_read_data_block(archive->reader, &data, &size, &offset);
        leave(before);
        if (result == ARCHIVE_EOF) return 0;
        if (result < ARCHIVE_OK) {
            const char *why = archive_error_string(archive->reader);
            return why && (strstr(why, "ncrypted") || strstr(why, "assphrase")) ? -2 : -1;
        }
        archive->unpacked = data;
        archive->left = size;
    }
    size_t got = (size_t)count < archive->left ? (size_t)count : archive->left;
    memcpy(target, archive->unpacked, got);
    archive->unpacked += got;
    archive->left -= got;
    return (long long)got;
}

void carchive_close(CArchive *archive) {
    if (!archive) return;
    locale_t before = enter(archive);
    if (archive->reader) archive_read_free(archive->reader);
    leave(before);
    if (archive->utf8) freelocale(archive->utf8);
    free(archive);
}
