/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check digit of vehicle identification numbers. */
#include "base/checksign.h"
#include "canon/vin.h"

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
	if (t.n == 0)
		return VIN_NONE;
	for (size_t i = 0; i < t.n; i++)
		if (checksign_vin_value(t.p[i]) < 0)
			return VIN_CHARS;
	if (t.n != VIN_BYTES)
		return VIN_LENGTH;
	if (is_filler(t))
		return VIN_FILLER;
	if (checksign_vin(t.p) == t.p[8])
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
