/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Vehicle identification numbers (GB 16735, ISO 3779): 17 letters and digits
 * without I, O and Q; the ninth is a check digit (GB 16735 annex, 49 CFR
 * 565.15) that binds in China (first letter L) and North America (1 to 5).
 */
#ifndef CANON_VIN_H
#define CANON_VIN_H

#include "base/text.h"

#define VIN_BYTES 17

enum vin_state {
	VIN_NONE,		/* nothing there */
	VIN_GOOD,
	VIN_UNCHECKED,		/* the check digit fails where none binds */
	VIN_CHECK,		/* the check digit fails */
	VIN_CHARS,		/* I, O, Q or no letter or digit at all */
	VIN_LENGTH,		/* not 17 signs; often the last 8 */
	VIN_FILLER		/* 11111111111111111 and the like */
};

/* Of a cell that clean_key() has cleaned. */
enum vin_state vin_read(struct text key);
/* May two records concern one vehicle because they share this number? */
bool vin_links(enum vin_state);
/* "vin-check" and so on, NULL for what needs no flag. */
const char *vin_flag(enum vin_state);

#endif
