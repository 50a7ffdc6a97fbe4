/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in parts, on several processors. */
#ifndef BASE_PARTS_H
#define BASE_PARTS_H

#include <pthread.h>
#include <stdbool.h>

/*
 * Runs work(ctx, part) for the parts 0 .. n-1, each in a thread of its own as
 * far as there are any to be had, and waits for all; part 0 is done by the
 * caller. What comes out must not depend on which part is done when.
 */
void parts_run(unsigned n, void (*work)(void *ctx, unsigned part), void *ctx);

/* The same by at most as many threads as are allowed: each takes the next
 * part when it is done with one. */
void parts_share(unsigned n, void (*work)(void *ctx, unsigned part),
		 void *ctx);

/* How many threads may work at once (-j), said once and for all before there
 * are any; 1 until then. For what is asked to be quick, not how: a sort. */
void parts_allow(unsigned n);
unsigned parts_allowed(void);

/* Starts a thread that leaves all signals to the main one; false when there
 * is none to be had. */
bool parts_start(pthread_t *, void *(*run)(void *), void *arg);

#endif
