/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data that ships: header aliases, workflows, message catalogues. It is
 * found beside the program, in ../share/crmutils of the folder that holds the
 * executable, so that a build tree and an installed one work alike. And any
 * small file read whole.
 */
#ifndef BASE_SHARE_H
#define BASE_SHARE_H

#include "base/text.h"

/* Full path of `below` in the share folder beside the program's own; the
 * caller frees it. */
char *share_root(const char *below);
/* Full path of a shipped file; the caller frees it. */
char *share_path(const char *name);
/* Reads a whole file into buf; dies when it cannot be read, or has more than
 * `limit` MiB. A zero byte stands behind the last one. */
void share_read_file(const char *path, size_t limit, struct buf *);
/* The same with a shipped file. */
void share_read(const char *name, struct buf *);

#endif
