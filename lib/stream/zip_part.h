/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A zip archive's files, read one after the other as they stream, by libzip.
 * Names are looked up in the archive alone; nothing is ever unpacked to disk.
 *
 * Refused: an archive whose list of files is longer than ZIP_LIST_BYTES; a
 * file that unpacks to more than ZIP_PART_BYTES, or to more than ZIP_RATIO
 * times its packed size beyond ZIP_FREE_BYTES; one whose bytes are not as many
 * as the list says, or of another CRC.
 */
#ifndef STREAM_ZIP_PART_H
#define STREAM_ZIP_PART_H

#include <sys/types.h>

#include "base/text.h"

#define ZIP_LIST_BYTES (16u << 20)
#define ZIP_PART_BYTES (16ull << 30)
#define ZIP_RATIO 400
#define ZIP_FREE_BYTES (64u << 20)

/* The version of libzip. */
const char *zip_part_library(void);

struct zip_archive;

/* An archive in a file that can be read at any place; fd stays the caller's.
 * NULL: see why. */
struct zip_archive *zip_archive_open(int fd, struct buf *why);
void zip_archive_close(struct zip_archive *);

/* Is there a file of this name (without regard to ASCII case)? */
bool zip_archive_has(const struct zip_archive *, const char *name);

struct zip_part;

/* NULL: no such file, or none that can be read (see why). */
struct zip_part *zip_part_open(struct zip_archive *, const char *name,
			       struct buf *why);
void zip_part_close(struct zip_part *);
/* Up to n bytes, 0 at the end, -1: see why. */
ssize_t zip_part_read(struct zip_part *, char *to, size_t n, struct buf *why);

#endif
