/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line that is written over itself. */
#include <stdio.h>
#include <unistd.h>

#include "base/day.h"
#include "base/msg.h"
#include "stream/progress.h"

#define FIRST_US 2000000
#define EVERY_US 250000

void progress_open(struct progress *p, bool asked)
{
	*p = (struct progress){ .on = asked || isatty(STDERR_FILENO) };
	if (p->on)
		p->next_us = instant_now() + FIRST_US;
}

void progress_show(struct progress *p, uint64_t rows)
{
	int64_t now;

	if (!p->on)
		return;
	now = instant_now();
	if (now < p->next_us)
		return;
	p->next_us = now + EVERY_US;
	p->shown = true;
	fprintf(stderr, "\r%s: %.1f million rows", msg_program(),
		(double)rows / 1e6);
	fflush(stderr);
}

void progress_say(struct progress *p, const char *what)
{
	if (!p->on)
		return;
	p->shown = true;
	fprintf(stderr, "\r\x1b[K%s: %s", msg_program(), what);
	fflush(stderr);
}

void progress_close(struct progress *p)
{
	/* To the start of the line, and clear it. */
	if (p->shown)
		fputs("\r\x1b[K", stderr);
	p->shown = false;
}
