/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Validity of UTF-8, 32 bytes at a time, where the processor has AVX2: the
 * lookup method of Keiser & Lemire, "Validating UTF-8 in less than one
 * instruction per byte", Software: Practice and Experience 51 (2021).
 */
#ifndef BASE_UTF8_VECTOR_H
#define BASE_UTF8_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

/* True when p[0..n) is well-formed. False: it is not, or this processor
 * cannot tell this way; utf8_bad() then looks byte by byte. */
bool utf8_vector_valid(const char *p, size_t n);

#endif
