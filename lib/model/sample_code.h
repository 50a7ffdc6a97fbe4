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

/* The check digit (9th place) of a VIN whose other 16 characters stand:
 * GB 16735-2019 appendix, the same as 49 CFR 565.15(c). */
char sample_vin_check(const char vin[SAMPLE_VIN]);
/* The model-year letter or digit of a year (GB 16735 table: a cycle of 30). */
char sample_vin_year(int year);
/* maker 3 characters, vehicle 5, then check digit, year, plant, serial. */
void sample_vin(char to[SAMPLE_VIN], const char *maker, struct text vehicle,
		int year, unsigned serial);

/* The 18th character of a citizen's number: GB 11643-1999, ISO 7064 MOD
 * 11-2 over the 17 digits before it. */
char sample_id_check(const char *digits);
void sample_id(char to[SAMPLE_ID], struct text area, int year, int month,
	       int day, unsigned serial);
/* The 18th character of a unified social credit code: GB 32100-2015, over
 * the 17 before it. */
char sample_credit_check(const char *code);
/* 91, area, organisation code with its own check digit (GB 11714). */
void sample_credit(char to[SAMPLE_ID], const char *area, unsigned serial);

/* GA 36-2018: five characters behind the prefix for fuel, six for new energy
 * (D or F first: battery or hybrid). */
enum sample_energy { SAMPLE_FUEL, SAMPLE_BATTERY, SAMPLE_HYBRID };
void sample_plate(char to[SAMPLE_PLATE], struct text prefix, enum sample_energy,
		  struct rng *);

#endif
