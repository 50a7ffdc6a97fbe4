/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighted sums over the signs, as the standards have them. */
#include <string.h>

#include "base/ascii.h"
#include "base/checksign.h"

int checksign_vin_value(char c)
{
	static const char letters[] = "ABCDEFGH-JKLMN-P-RSTUVWXYZ";
	static const char values[] = "12345678012345070923456789";

	if (ascii_is_digit(c))
		return c - '0';
	if (c < 'A' || c > 'Z' || letters[c - 'A'] == '-')
		return -1;
	return values[c - 'A'] - '0';
}

char checksign_vin(const char vin[17])
{
	static const int weight[17] = { 8, 7, 6, 5, 4, 3, 2, 10, 0,
					9, 8, 7, 6, 5, 4, 3, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++) {
		int value = checksign_vin_value(vin[i]);

		if (value < 0)
			return 0;
		sum += value * weight[i];
	}
	return "0123456789X"[sum % 11];
}

char checksign_citizen(const char digits[17])
{
	static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6,
					3, 7, 9,  10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += weight[i] * (digits[i] - '0');
	return "10X98765432"[sum % 11];
}

static const char firm_sign[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

int checksign_firm_value(char c)
{
	const char *at = memchr(firm_sign, c, sizeof(firm_sign) - 1);

	return at ? (int)(at - firm_sign) : -1;
}

char checksign_firm(const char signs[17])
{
	int sum = 0, weight = 1;

	for (int i = 0; i < 17; i++) {
		int value = checksign_firm_value(signs[i]);

		if (value < 0)
			return 0;
		sum += value * weight;
		weight = weight * 3 % 31;
	}
	return firm_sign[(31 - sum % 31) % 31];
}
