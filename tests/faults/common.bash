# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the tests of durability share. Sourced with the folder of programs as
# $1; leaves the shell in a folder of its own that goes away at the end.
set -uo pipefail
[ $# -ge 1 ] || { echo "usage: $0 BINDIR" >&2; exit 2; }
bin=$(cd "$1" && pwd) && [ -x "$bin/crm-complaint" ] || exit 2
export PATH=$bin:$PATH LC_ALL=C TZ=UTC
unset CRM_LANG
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
passed=0 failed=0 skipped=0

# is WHAT GOT WANTED
is() {
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL: $1: got '$2', not '$3'"
	fi
}

skip() {
	skipped=$((skipped + 1))
	echo "SKIP: $1"
}

# event CASE EVENT [ACTOR]: one event as the stream has it.
event() {
	printf 'case_id,at,event,actor\n%s,2025-10-03T09:00:00+08:00,%s,%s\n' \
		"$1" "$2" "${3:-s01}"
}

# events N [PREFIX]: N new cases in one stream.
events() {
	echo case_id,at,event,actor
	seq -f "${2:-C}%06.0f,2025-10-03T09:00:00+08:00,receive,s01" "$1"
}

# The log's own opinion: "whole 17", and so on.
verdict() {
	crm-complaint verify "$1" -t csv 2>/dev/null |
		awk -F, 'NR == 2 { print $1, $3 }'
}

finish() {
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" = 0 ]
	exit
}
