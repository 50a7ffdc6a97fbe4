#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Memory runs out under an append, at each allocation in turn, once and for
# good: a message and exit 1, or the event taken; the log whole either way,
# and the next append knows which.
#
#	tests/faults/log-memory.sh BINDIR
source=$(cd "$(dirname "$0")" && pwd)/failing_malloc.c
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
if grep -q __asan_init "$bin/crm-complaint"; then
	skip 'a sanitizer has its own memory'
	finish
fi
read -ra cc <<<"${CC:-cc}"	# it may be of two words, as "ccache gcc"
if ! "${cc[@]}" -shared -fPIC -O1 -D_GNU_SOURCE -o failing.so "$source" \
	2>compiler; then
	skip 'the failing allocator cannot be built here'
	finish
fi

# judge WHERE STATUS: acknowledged or not, there or not, whole in any case.
judge() {
	local there acked
	there=$(grep -c '"case_id":"K".*}$' cases.log)
	acked=$(grep -c '^K,' out)
	case $2 in
	0) [ "$acked$there" = 11 ] || wrong+=" $1:lost" ;;
	1)
		[ "$(wc -l <err)" = 1 ] || wrong+=" $1:message"
		[ "$acked" -le "$there" ] || wrong+=" $1:lost"
		died=$((died + 1))
		;;
	*) wrong+=" $1:status=$2" ;;
	esac
	[ "$(verdict cases.log)" = "whole $((events + there))" ] ||
		wrong+=" $1:log"
	crm-complaint append cases.log one.csv >out 2>err
	[ "$?" = "$there" ] || wrong+=" $1:next"
	[ ! -e cases.log.index.new ] || wrong+=" $1:left"
}

# survey WHAT EVERY BEFORE: the log and its index as kept, then BEFORE.
survey() {
	local what=$1 every=$2 before=$3 wrong='' died=0 calls k on status
	restore
	$before
	LD_PRELOAD=$PWD/failing.so FAIL_COUNT=$PWD/count \
		crm-complaint append cases.log one.csv >out 2>err
	is "$what: without a fault" "$(<err)" ''
	calls=$(<count)
	for ((k = 1; k <= calls; k += every)); do
		for on in '' 1; do
			restore
			$before
			status=0
			env ${on:+FAIL_ON=1} FAIL_AT="$k" \
				LD_PRELOAD="$PWD/failing.so" crm-complaint \
				append cases.log one.csv >out 2>err || status=$?
			judge "$k$on" "$status"
		done
	done
	is "$what: what went wrong" "$wrong" ''
	is "$what: the program needs memory" $((died > calls / every / 2)) 1
}

restore() {
	rm -f cases.log*
	cp kept.log cases.log
}
event K receive >one.csv
events=5
events 5 | crm-complaint append kept.log >/dev/null
survey 'a small log' 5 true

rm -f kept.log
events=800
events 800 | sed '1s/$/,note/; 2,$s/$/,'"$(printf '%0300d' 0)/" |
	crm-complaint append kept.log >/dev/null
# Made by an append that is refused, which leaves the log as it is.
index() {
	event C000001 receive | crm-complaint append cases.log 2>/dev/null
}
survey 'by the index' 9 index
survey 'the index is made' 25 true
finish
