/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read a log into cases share, and nobody else sees. */
#ifndef CMD_COMPLAINT_CASELIST_IN_H
#define CMD_COMPLAINT_CASELIST_IN_H

#include "stream/caselog_lanes.h"

#include "cmd/complaint/caselist.h"

/* What a line becomes, now that it is known what the cases ask for. */
struct caselog_job caselist_job(struct caselist *);
/* Takes one line, as one of many is taken. */
void caselist_take_line(struct caselist *, const struct caselog_line *);

#endif
