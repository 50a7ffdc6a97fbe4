/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of crm-loyalty, a file each. */
#ifndef CMD_LOYALTY_VERBS_H
#define CMD_LOYALTY_VERBS_H

#include "stream/common.h"

int loyalty_classes(int argc, char **argv);
int loyalty_discount(int argc, char **argv);
int loyalty_measures(int argc, char **argv);
int loyalty_index_main(int argc, char **argv);
int loyalty_referrals(int argc, char **argv);
int loyalty_claims(int argc, char **argv);
int loyalty_points(int argc, char **argv);

/* Ends the run when --by was given: no verb groups its rows. */
void loyalty_ungrouped(const struct common *);

#endif
