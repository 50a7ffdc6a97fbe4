/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register of actions as rows. */
#ifndef CMD_COMPLAINT_ACTIONLIST_H
#define CMD_COMPLAINT_ACTIONLIST_H

/* Verbs of the actions. */
int actions_list_main(int argc, char **argv);
int actions_overdue_main(int argc, char **argv);
int actions_verify_main(int argc, char **argv);	/* in verify.c */

#endif
