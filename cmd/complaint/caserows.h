/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases out: the rows that the verbs cases and replay have in common. */
#ifndef CMD_COMPLAINT_CASEROWS_H
#define CMD_COMPLAINT_CASEROWS_H

#include "stream/output.h"

#include "cmd/complaint/casesource.h"

/* cases and replay from their arguments on: `src` and the options are there.
 * `columns` is --columns, or NULL. Gives the exit status. */
int caserows_run(struct casesource *src, const char *columns, char **files,
		 size_t n);

#endif
