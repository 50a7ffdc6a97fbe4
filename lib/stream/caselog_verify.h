/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a log is as it was written: what every program that keeps one
 * (caselog.h) has a verb `verify` for.
 */
#ifndef STREAM_CASELOG_VERIFY_H
#define STREAM_CASELOG_VERIFY_H

#include "stream/caselog.h"
#include "stream/common.h"

/* For -h: what is written, and what the status means. */
extern const char caselog_verify_about[];

/*
 * Reads the log, just opened for reading, to its end and writes one row,
 * status,line,events,torn,sum: `whole`, or `damaged` and the first line that
 * is. The line and why, or a torn tail, are told as well. Gives the exit
 * status, EXIT_FOUND when the log is damaged; what its events mean is not
 * looked at.
 */
int caselog_verify(const struct common *, struct caselog *);

#endif
