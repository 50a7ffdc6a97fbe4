/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers with check digits, and plates, for invented people and cars.
 * Each function writes a NUL-terminated code of the size that its name gives.
 */
#ifndef MODEL_SAMPLE_CODE_H
#define MODEL_SAMPLE_CODE_H

#include "base/text.h"
#include "num/rng.h"

#define SAMPLE_VIN   18
#define SAMPLE_ID    19
#define SAMPLE_PHONE 12
#define SAMPLE_PLATE 12

/* maker 3 characters, vehicle 5, then check digit, year, plant, serial. */
void sample_vin(char to[SAMPLE_VIN], const char *maker, struct text vehicle,
		int year, unsigned serial);

/* A citizen's number. */
void sample_id(char to[SAMPLE_ID], struct text area, int year, int month,
	       int day, unsigned serial);
/* A unified social credit code: 91, area, organisation code with its own check
 * digit (GB 11714). */
void sample_credit(char to[SAMPLE_ID], const char *area, unsigned serial);

/* GA 36-2018: five characters behind the prefix for fuel, six for new energy
 * (D or F first: battery or hybrid). */
enum sample_energy { SAMPLE_FUEL, SAMPLE_BATTERY, SAMPLE_HYBRID };
void sample_plate(char to[SAMPLE_PLATE], struct text prefix, enum sample_energy,
		  struct rng *);

#endif
