/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile: what a table holds, column by column. Any stream in;
 * descriptive statistics out, a row for each column.
 */
#include "base/msg.h"

#include "cmd/profile/profile.h"

int main(int argc, char **argv)
{
	static const struct program program = {
		"crm-profile", "[VERB] [OPTION...] [FILE...]",
		"Descriptive statistics of any table, column by column.\n"
		"in: any stream or table\n"
		"out: column,type,rows,filled,filled_pct,unfit,distinct,min,"
		"...,top,...\n"
		"options: --column, --quantiles, --interpolate, --top, "
		"--values, --long, --full,\n"
		"--histogram, --bins, --width, --compare, --stream, --type, "
		"--exact",
		"crm-profile -t table customers.csv", NULL
	};
	static const struct verb verbs[] = {
		{ "customers", "who they are: age, gender, place, source",
		  profile_customers },
		{ "vehicles", "what they drive: age of the car, brand, energy",
		  profile_vehicles },
		{ "", "each column in figures", profile_whole },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-profile");
	return opt_verbs(&program, verbs, argc, argv);
}
