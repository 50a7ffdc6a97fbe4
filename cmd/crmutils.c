/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crmutils: what the other programs have in common. Which programs and
 * streams there are, their manual pages, rejected rows made ready to be
 * mended, and the state of the installation.
 */
#include "base/msg.h"
#include "base/opt.h"

#include "cmd/crmutils/verbs.h"

int main(int argc, char **argv)
{
	static const struct program program = {
		"crmutils", "--list | VERB [OPTION...]",
		"Tells about the programs of crmutils and their streams.",
		"crmutils streams transactions", NULL
	};
	static const struct verb verbs[] = {
		{ "--list", "names of all programs", list_main },
		{ "help", "the manual page of a program", help_main },
		{ "streams", "the canonical streams and their columns",
		  streams_main },
		{ "rejects", "rejected rows as a file to mend and feed in",
		  rejects_main },
		{ "doctor", "is all there that the programs need?",
		  doctor_main },
		{ NULL, NULL, NULL }
	};

	msg_init("crmutils");
	return opt_verbs(&program, verbs, argc, argv);
}
