/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of crmutils, a file each, and what they share. */
#ifndef CMD_CRMUTILS_VERBS_H
#define CMD_CRMUTILS_VERBS_H

#include <stddef.h>

int list_main(int argc, char **argv);
int help_main(int argc, char **argv);
int streams_main(int argc, char **argv);
int rejects_main(int argc, char **argv);
int doctor_main(int argc, char **argv);

/* The folder that holds this program and its sisters; the caller frees. */
char *programs_folder(void);

#endif
