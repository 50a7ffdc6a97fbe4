/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The check signs of the numbers by which Chinese registers know vehicles,
 * citizens and firms.
 */
#ifndef BASE_CHECKSIGN_H
#define BASE_CHECKSIGN_H

/* The value of a sign of a vehicle identification number (GB 16735, table of
 * transliteration), -1: not allowed. */
int checksign_vin_value(char);

/* The ninth of 17 signs (GB 16735 annex, 49 CFR 565.15): '0'..'9' or 'X';
 * 0 when one of them is no sign of a VIN. The ninth itself has no weight. */
char checksign_vin(const char vin[17]);

/* The last of a citizen's number (GB 11643-1999, ISO 7064 MOD 11-2) by the 17
 * digits before it: '0'..'9' or 'X'. */
char checksign_citizen(const char digits[17]);

/* The value of a sign of a unified social credit code (GB 32100-2015), -1: not
 * allowed. */
int checksign_firm_value(char);

/* The last sign of such a code (weights 3^i mod 31) by the 17 before it; 0 when
 * one of them is no sign of a code. */
char checksign_firm(const char signs[17]);

#endif
