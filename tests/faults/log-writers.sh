#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Many writers at one log, and readers meanwhile: everything that was
# acknowledged is there once, in one chain; of those who want the same
# transition one wins.
#
#	tests/faults/log-writers.sh BINDIR [WRITERS APPENDS]
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
writers=${2:-16} appends=${3:-200}
# With sanitizers a process takes ten times as long to start.
! ldd "$bin/crm-complaint" | grep -q libasan || appends=${3:-40}

# One writer: its own cases, an append each.
write_cases() {
	local w=$1 i
	for ((i = 0; i < appends; i++)); do
		event "W$w-$i" receive "w$w" | crm-complaint append cases.log
	done 2>"errors.$w" | grep -v ^case_id, >"acks.$w"
}

# Reads without a pause until the file `over` is there.
read_on() {
	local bad=0 times=0 n last=0
	while [ ! -e over ]; do
		if n=$(crm-complaint cases cases.log 2>>reader.errors |
			wc -l); then
			[ "$n" -ge "$last" ] || bad=$((bad + 1))
			last=$n
		else
			bad=$((bad + 1))
		fi
		times=$((times + 1))
		sleep 0.02
	done
	echo "$bad" >reader.bad
	[ "$times" -gt 0 ]
}

event first receive | crm-complaint append cases.log >/dev/null
read_on &
reader=$!
pids=()
for ((w = 0; w < writers; w++)); do
	write_cases "$w" &
	pids+=($!)
done
wait "${pids[@]}"
touch over
wait "$reader"
is 'the reader reads' "$?" 0
is 'the reader never fails' "$(cat reader.bad)" 0
is 'the reader has nothing to say' "$(cat reader.errors)" ''
is 'the writers have nothing to say' "$(cat errors.*)" ''

total=$((writers * appends + 1))
is 'the log is whole' "$(verdict cases.log)" "whole $total"
is 'a line an event' "$(wc -l <cases.log)" "$total"
is 'every acknowledgement is of another event' \
	"$(cat acks.* | cut -d, -f2 | sort -u | wc -l)" $((total - 1))
cat acks.* | awk -F, '{ print $2 " " $1 }' | sort >acknowledged
sed -n 's/^{"seq":\([0-9]*\),.*"case_id":"\(W[^"]*\)".*/\1 \2/p' cases.log |
	sort >logged
is 'what was acknowledged is in the log once, under its number' \
	"$(cmp acknowledged logged 2>&1)" ''

# Sixteen clerks, one transition.
for ((round = 0; round < 5; round++)); do
	pids=()
	for ((w = 0; w < 16; w++)); do
		event "W0-$round" judge_valid "w$w" |
			crm-complaint append cases.log >"win.$w" 2>"lose.$w" &
		pids+=($!)
	done
	won=0
	for pid in "${pids[@]}"; do
		wait "$pid" && won=$((won + 1))
	done
	is 'one of sixteen wins' "$won" 1
	is 'the others are told the state' \
		"$(grep -l 'state valid' lose.* | wc -l)" 15
done
is 'the log is still whole' "$(verdict cases.log)" "whole $((total + 5))"
finish
