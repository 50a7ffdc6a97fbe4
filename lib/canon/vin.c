/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check digit of vehicle identification numbers. */
#include "canon/vin.h"

/* Value of a sign (GB 16735, table of transliteration), -1: not allowed. */
static int value_of(char c)
{
	static const char letters[] = "ABCDEFGH-JKLMN-P-RSTUVWXYZ";
	static const char values[] = "12345678012345070923456789";

	if (c >= '0' && c <= '9')
		return c - '0';
	if (c < 'A' || c > 'Z' || letters[c - 'A'] == '-')
		return -1;
	return values[c - 'A'] - '0';
}

char vin_check_digit(const char vin[VIN_BYTES])
{
	static const int weight[VIN_BYTES] = { 8, 7, 6, 5, 4, 3, 2, 10, 0,
					       9, 8, 7, 6, 5, 4, 3, 2 };
	int sum = 0;

	for (int i = 0; i < VIN_BYTES; i++) {
		int value = value_of(vin[i]);

		if (value < 0)
			return 0;
		sum += value * weight[i];
	}
	return "0123456789X"[sum % 11];
}

static bool binds(char first)
{
	return first == 'L' || (first >= '1' && first <= '5');
}

/* Fewer than four different signs: nobody's vehicle. */
static bool is_filler(struct text t)
{
	char seen[3];
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		size_t k = 0;

		while (k < n && seen[k] != t.p[i])
			k++;
		if (k == 3)
			return false;
		if (k == n)
			seen[n++] = t.p[i];
	}
	return true;
}

enum vin_state vin_read(struct text t)
{
	char check;

	if (t.n == 0)
		return VIN_NONE;
	for (size_t i = 0; i < t.n; i++)
		if (value_of(t.p[i]) < 0)
			return VIN_CHARS;
	if (t.n != VIN_BYTES)
		return VIN_LENGTH;
	if (is_filler(t))
		return VIN_FILLER;
	check = vin_check_digit(t.p);
	if (check == t.p[8])
		return VIN_GOOD;
	return binds(t.p[0]) ? VIN_CHECK : VIN_UNCHECKED;
}

bool vin_links(enum vin_state state)
{
	return state == VIN_GOOD || state == VIN_UNCHECKED;
}

const char *vin_flag(enum vin_state state)
{
	static const char *const flag[] = {
		[VIN_NONE] = NULL,
		[VIN_GOOD] = NULL,
		[VIN_UNCHECKED] = "vin-unchecked",
		[VIN_CHECK] = "vin-check",
		[VIN_CHARS] = "vin-chars",
		[VIN_LENGTH] = "vin-length",
		[VIN_FILLER] = "vin-filler",
	};

	return flag[state];
}
