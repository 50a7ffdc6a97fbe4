#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Writers killed at any moment: what was acknowledged is in the log once, the
# log reads back, and the next append works at once.
#
#	tests/faults/log-kill.sh BINDIR [ROUNDS]
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
rounds=${2:-24}

# The events that were acknowledged, in whole lines.
acknowledged() {
	awk -F, 'NF == 4 && $4 == "received" { print $2 " " $1 }' "$@" | sort
}

# Those that are in a log, in whole lines.
logged() {
	sed -n 's/^{"seq":\([0-9]*\),.*"case_id":"\([^"]*\)".*"}$/\1 \2/p' \
		"$1" | sort
}

# The log after the round: nothing lost, nothing twice, all whole.
check_log() {
	acknowledged acks.* >promised.txt
	logged cases.log >there.txt
	is "$1: nothing that was acknowledged is lost" \
		"$(comm -23 promised.txt there.txt | wc -l)" 0
	is "$1: no case is there twice" \
		"$(cut -d " " -f 2 there.txt | sort | uniq -d | wc -l)" 0
	event "last-$1" receive | crm-complaint append cases.log \
		>acks.last 2>errors
	is "$1: the next append works" "$?" 0
	is "$1: the log is whole" "$(verdict cases.log)" \
		"whole $(($(wc -l <there.txt) + 1))"
	acked=$((acked + $(wc -l <promised.txt)))
}

# A stream of events through one writer, killed after a random while; a log
# is used for a few rounds.
RANDOM=20251003
killed=0 torn=0 acked=0
for ((round = 0; round < rounds; round++)); do
	if [ $((round % 4)) = 0 ]; then
		rm -f cases.log acks.*
		event "first-$round" receive |
			crm-complaint append cases.log >acks.first
	fi
	events 15000 "R$round-" >in.csv
	crm-complaint append cases.log <in.csv >"acks.$round" 2>errors &
	victim=$!
	sleep "0.$(printf %03d $((RANDOM % 45)))"
	kill -KILL "$victim" 2>/dev/null && killed=$((killed + 1))
	wait "$victim" 2>/dev/null
	[ ! -s cases.log ] || [ -z "$(tail -c 1 cases.log)" ] ||
		torn=$((torn + 1))
	check_log "$round"
done
is 'some were killed' $((killed > 0)) 1
is 'some events were acknowledged' $((acked > 0)) 1
[ $# -le 1 ] || echo "killed $killed of $rounds, acknowledged $acked, torn $torn"
finish
