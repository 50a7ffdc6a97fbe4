/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The data that ships: header aliases, workflows, message catalogues. It is
 * found beside the program, in ../share/crmutils of the folder that holds the
 * executable, so that a build tree and an installed one work alike.
 */
#ifndef BASE_SHARE_H
#define BASE_SHARE_H

#include "base/text.h"

/* Full path of `below` in the share folder beside the program's own; the
 * caller frees it. */
char *share_root(const char *below);
/* Full path of a shipped file; the caller frees it. */
char *share_path(const char *name);
/* Reads a whole shipped file into buf; dies when it is not there. */
void share_read(const char *name, struct buf *);

#endif
