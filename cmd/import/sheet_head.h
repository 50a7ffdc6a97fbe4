/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a file cut into cells, for sheet.c. */
#ifndef CMD_IMPORT_SHEET_HEAD_H
#define CMD_IMPORT_SHEET_HEAD_H

#include "cmd/import/import.h"

/* In which encoding and with which delimiter: as the user says, as a map
 * has it, or to be found out (0). */
struct sheet_way {
	enum encoding encoding;
	char delimiter;
};

/* Opens the source and fills the grid with its first records; dies when it is
 * no table. */
void sheet_open_in(struct sheet *, const struct import *, struct sheet_way);
/* The file as if it had not been opened. */
void sheet_close_again(struct sheet *);
void sheet_uncut(struct sheet *);

#endif
