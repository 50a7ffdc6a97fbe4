/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check digits and plates. */
#include <string.h>

#include "model/sample_code.h"

static int vin_value(char c)
{
	/* A to Z; letters that a VIN never holds are 0. */
	static const char value[] = "12345678012345070923456789";

	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'Z' ? value[c - 'A'] - '0' : 0;
}

char sample_vin_check(const char vin[SAMPLE_VIN])
{
	static const int weight[17] = {8, 7, 6, 5, 4, 3, 2, 10, 0,
				       9, 8, 7, 6, 5, 4, 3, 2};
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += weight[i] * vin_value(vin[i]);
	sum %= 11;
	return sum == 10 ? 'X' : (char)('0' + sum);
}

char sample_vin_year(int year)
{
	static const char cycle[] = "ABCDEFGHJKLMNPRSTVWXY123456789";

	return cycle[(year - 1980) % 30];
}

void sample_vin(char to[SAMPLE_VIN], const char *maker, struct text vehicle,
		int year, unsigned serial)
{
	text_putf(to, SAMPLE_VIN, "%.3s%.*s0%cA%06u", maker,
		  vehicle.n < 5 ? (int)vehicle.n : 5, vehicle.p,
		  sample_vin_year(year), serial % 1000000);
	to[8] = sample_vin_check(to);
}

char sample_id_check(const char *digits)
{
	static const int weight[17] = {7, 9, 10, 5,  8, 4, 2, 1, 6,
				       3, 7, 9,	 10, 5, 8, 4, 2};
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += weight[i] * (digits[i] - '0');
	return "10X98765432"[sum % 11];
}

void sample_id(char to[SAMPLE_ID], struct text area, int year, int month,
	       int day, unsigned serial)
{
	text_putf(to, SAMPLE_ID, "%.*s%04u%02u%02u%03u0", (int)area.n, area.p,
		  (unsigned)year % 10000, (unsigned)month % 100,
		  (unsigned)day % 100, serial % 1000);
	to[17] = sample_id_check(to);
}

static const char credit_digit[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

char sample_credit_check(const char *code)
{
	int sum = 0, weight = 1;

	for (int i = 0; i < 17; i++) {
		const char *at = strchr(credit_digit, code[i]);

		sum += weight * (int)(at ? at - credit_digit : 0);
		weight = weight * 3 % 31;
	}
	return credit_digit[(31 - sum % 31) % 31];
}

void sample_credit(char to[SAMPLE_ID], const char *area, unsigned serial)
{
	static const int weight[8] = {3, 7, 9, 10, 5, 8, 4, 2};
	char organisation[9];
	int sum = 0;

	text_putf(organisation, sizeof(organisation), "%08u",
		  serial % 100000000);
	for (int i = 0; i < 8; i++)
		sum += weight[i] * (organisation[i] - '0');
	text_putf(to, SAMPLE_ID, "91%.6s%.8s%c0", area, organisation,
		  "0X987654321"[sum % 11]);
	to[17] = sample_credit_check(to);
}

void sample_plate(char to[SAMPLE_PLATE], struct text prefix,
		  enum sample_energy energy, struct rng *r)
{
	static const char letter[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
	/* Where letters stand in the fuel plates seen most. */
	static const char *const shape[] = {"ddddd", "ldddd", "dlddd",
					    "llddd", "ddddl", "dddld"};
	const char *form =
		energy == SAMPLE_FUEL ? shape[rng_below(r, 6)] : "eddddd";
	size_t n = prefix.n < 4 ? prefix.n : 4;

	memcpy(to, prefix.p, n);
	for (; *form; form++) {
		if (*form == 'e')
			to[n++] = energy == SAMPLE_BATTERY ? 'D' : 'F';
		else if (*form == 'l')
			to[n++] = letter[rng_below(r, sizeof(letter) - 1)];
		else
			to[n++] = (char)('0' + rng_below(r, 10));
	}
	to[n] = '\0';
}
