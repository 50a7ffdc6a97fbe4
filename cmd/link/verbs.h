/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of crm-link, a file each. */
#ifndef CMD_LINK_VERBS_H
#define CMD_LINK_VERBS_H

int link_streams(int argc, char **argv);
int link_dedupe(int argc, char **argv);

#endif
