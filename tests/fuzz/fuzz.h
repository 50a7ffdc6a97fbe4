/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every fuzz target has: its entry, and the end when a law is broken. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static inline void must(bool holds)
{
	if (!holds)
		abort();
}

#endif
