#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The reader that crm-caselog(5) gives as an example, against verify: on a
# whole log, on one with torn lines, and on logs with any line changed.
#
#	tests/faults/log-reader.sh BINDIR
page=$(cd "$(dirname "$0")/../.." && pwd)/man/crm-caselog.5
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
# shellcheck disable=SC2016 # the reader's own argument
awk '/^\.Bd/ { text = ""; next } /^\.Ed/ { if (text ~ /while/) printf "%s", text
	text = ""; next } { text = text $0 "\n" }' "$page" |
	sed 's/\\e/\\/g; s/chain\.log/"$1"/' >reader
is 'the page has a reader' "$(grep -c b2sum reader)" 1

# both WHAT LOG: the two must agree, on the events and the last sum or on
# there being damage.
both() {
	local ours theirs
	ours=$(crm-complaint verify "$2" -t csv 2>/dev/null | awk -F, '
		NR == 2 { print $1 == "whole" ? $3 " events, " $5 : "damaged" }')
	theirs=$(bash reader "$2") || theirs=damaged
	is "$1" "$theirs" "$ours"
	[ "$ours" != damaged ] || damaged=$((damaged + 1))
}

damaged=0
events 6 | crm-complaint append cases.log >/dev/null
both 'a whole log' cases.log
printf '{"seq":7,"case_id":"X' >>cases.log
both 'a torn tail' cases.log
event Y receive | crm-complaint append cases.log >/dev/null 2>&1
both 'a torn line set off' cases.log
printf 'half' >>cases.log
event Z receive | crm-complaint append cases.log >/dev/null 2>&1
both 'two torn lines' cases.log
is 'nothing was damage so far' "$damaged" 0

lines=$(wc -l <cases.log)
for ((n = 1; n <= lines; n++)); do
	sed "${n}d" cases.log >changed
	both "without line $n" changed
	sed "${n}p" cases.log >changed
	both "line $n twice" changed
	sed "${n}s/0/1/" cases.log >changed
	both "a digit of line $n changed" changed
done
is 'most were damage' $((damaged > 2 * lines)) 1
finish
