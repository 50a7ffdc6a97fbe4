/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Codes as a CSV: the columns kind and code, and where there are such zh, en,
 * severity, note, source, note_zh, under, and `also`: other words for the
 * code, with | between them.
 */
#ifndef CANON_CODES_CSV_H
#define CANON_CODES_CSV_H

#include "model/codes.h"

/* `path` NULL: those of complaints that ship. Dies when the file is none, or
 * has a code twice, or a word for two codes of a kind. */
struct codes *codes_csv_read(const char *path);

#endif
