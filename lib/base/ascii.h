/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Digits and letters of ASCII, whatever the locale. All other bytes, those of
 * UTF-8 too, are neither and have no case.
 */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline bool ascii_is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_upper(int c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_lower(int c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_letter(int c)
{
	return ascii_is_upper(c) || ascii_is_lower(c);
}

static inline char ascii_lower(char c)
{
	return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static inline char ascii_upper(char c)
{
	return ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

/* Is each of n bytes a digit? True of none. */
static inline bool ascii_are_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ascii_is_digit(p[i]))
			return false;
	return true;
}

#endif
