/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check digits and plates. */
#include <string.h>

#include "base/checksign.h"
#include "model/sample_code.h"

/* The letter or digit of a model year (GB 16735 table: a cycle of 30). */
static char model_year(int year)
{
	static const char cycle[] = "ABCDEFGHJKLMNPRSTVWXY123456789";

	return cycle[(year - 1980) % 30];
}

void sample_vin(char to[SAMPLE_VIN], const char *maker, struct text vehicle,
		int year, unsigned serial)
{
	text_putf(to, SAMPLE_VIN, "%.3s%.*s0%cA%06u", maker,
		  vehicle.n < 5 ? (int)vehicle.n : 5, vehicle.p,
		  model_year(year), serial % 1000000);
	to[8] = checksign_vin(to);
}

void sample_id(char to[SAMPLE_ID], struct text area, int year, int month,
	       int day, unsigned serial)
{
	text_putf(to, SAMPLE_ID, "%.*s%04u%02u%02u%03u0", (int)area.n, area.p,
		  (unsigned)year % 10000, (unsigned)month % 100,
		  (unsigned)day % 100, serial % 1000);
	to[17] = checksign_citizen(to);
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
	to[17] = checksign_firm(to);
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
