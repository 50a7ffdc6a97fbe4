/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of crm-complaint, a file each. */
#ifndef CMD_COMPLAINT_VERBS_H
#define CMD_COMPLAINT_VERBS_H

int append_main(int argc, char **argv);
int new_main(int argc, char **argv);
int do_main(int argc, char **argv);
int note_main(int argc, char **argv);
int cases_main(int argc, char **argv);
int show_main(int argc, char **argv);
int next_main(int argc, char **argv);
int overdue_main(int argc, char **argv);
int replay_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int stats_main(int argc, char **argv);
int trend_main(int argc, char **argv);
int impact_main(int argc, char **argv);
int export_main(int argc, char **argv);
int process_main(int argc, char **argv);
int workflow_main(int argc, char **argv);
int lint_main(int argc, char **argv);
int graph_main(int argc, char **argv);
int actions_main(int argc, char **argv);
int codes_main(int argc, char **argv);

#endif
