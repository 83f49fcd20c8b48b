#ifndef MINSHENG_CARCHIVE_H
#define MINSHENG_CARCHIVE_H

/// libarchive's ZIP reader behind plain C types.
///
/// It reads through a callback at any offset, so that an archive may lie inside another one; nothing touches the file
/// system. One reader belongs to one thread at a time.
typedef struct CArchive CArchive;

/// Reads up to `count` bytes at `offset`: the number read, 0 at the end, -1 on an error.
typedef long long (*CArchiveRead)(void *context, long long offset, void *target, long long count);

typedef struct {
    /// The name's bytes as they stand in the archive, ended by a zero; valid until the next call.
    const char *name;
    /// The unpacked size that the archive claims; -1 where it says nothing.
    long long size;
    /// 1 for a file, 0 for a folder, a link or anything else.
    int isFile;
    /// 1 when a password is needed.
    int isLocked;
} CArchiveEntry;

/// A reader over `size` bytes, or a null pointer without memory.
CArchive *carchive_open(void *context, long long size, CArchiveRead read);

/// Goes to the next entry: 1 when there is one, 0 at the end, -1 when the archive is damaged here.
int carchive_next(CArchive *archive, CArchiveEntry *entry);

/// Unpacks on: the number of bytes, 0 at the entry's end, -1 when it is damaged here, -2 when a password is needed.
long long carchive_read(CArchive *archive, void *target, long long count);

/// Ends the reader.
void carchive_close(CArchive *archive);

#endif
