/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in parts, on several processors. */
#ifndef BASE_PARTS_H
#define BASE_PARTS_H

/*
 * Runs work(ctx, part) for the parts 0 .. n-1, each in a thread of its own as
 * far as there are any to be had, and waits for all. What comes out must not
 * depend on which part is done when.
 */
void parts_run(unsigned n, void (*work)(void *ctx, unsigned part), void *ctx);

#endif
