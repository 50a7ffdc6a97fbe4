/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of a stream into a log, as verb append has it. */
#ifndef CMD_COMPLAINT_APPEND_H
#define CMD_COMPLAINT_APPEND_H

#include "cmd/complaint/caselist.h"

/* files[0] is the log, the n - 1 others are the stream. Exit status. */
int append_events(const struct caselist_kind *, const struct common *,
		  const char *workflow, char **files, size_t n);

#endif
