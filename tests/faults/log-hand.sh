#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Events made by hand go the way of all others: clerks who take complaints
# down at once get different numbers, what fails leaves the log as it was, and
# what was acknowledged is there, whenever the writer is killed.
#
#	tests/faults/log-hand.sh BINDIR [CLERKS COMPLAINTS]
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
clerks=${2:-8} complaints=${3:-25}
! ldd "$bin/crm-complaint" | grep -q libasan || complaints=${3:-8}

complain() {
	crm-complaint new "$@" --customer P1 --object a --content b \
		--demand c --channel web --at 2025-10-03T09:00
}

# ---- many clerks ----

write_down() {
	local i
	for ((i = 0; i < complaints; i++)); do
		complain cases.log --actor "E$1" | sed 1d
		crm-complaint actions new actions.log --issue x \
			--at 2025-10-03 --actor "E$1" | sed 1d >&3
	done >"acks.$1" 2>"errors.$1" 3>"plans.$1"
}

pids=()
for ((c = 0; c < clerks; c++)); do
	write_down "$c" &
	pids+=($!)
done
wait "${pids[@]}"
total=$((clerks * complaints))
is 'nobody has anything to say' "$(cat errors.*)" ''
is 'the log is whole' "$(verdict cases.log)" "whole $total"
is 'numbers without a gap and without a double' \
	"$(cat acks.* | cut -d, -f1 | sort | md5sum)" \
	"$(seq -f 'C20251003-%03.0f' "$total" | sort | md5sum)"
is 'the same of actions' "$(cat plans.* | cut -d, -f1 | sort | md5sum)" \
	"$(seq -f 'A20251003-%03.0f' "$total" | sort | md5sum)"

# One transition, many who want it.
pids=()
won=0
for ((c = 0; c < 16; c++)); do
	crm-complaint do cases.log C20251003-001 judge_valid --actor "E$c" \
		>"win.$c" 2>"lose.$c" &
	pids+=($!)
done
for pid in "${pids[@]}"; do
	wait "$pid" && won=$((won + 1))
done
is 'one of sixteen wins' "$won" 1
is 'the others are told the state' "$(grep -l 'state valid' lose.* | wc -l)" 15

# ---- faults ----

if ! strace -o /dev/null true 2>/dev/null; then
	skip 'strace may not trace here'
	finish
fi
export ASAN_OPTIONS=detect_leaks=0

traced() {
	local e=$1
	shift
	strace -f -qq -o trace -e "inject=$e" "$@"
}

one=(crm-complaint new two.log --customer P1 --object a --content b
	--demand c --channel web --at 2025-10-03T09:00)
complain kept.log >/dev/null
for fault in write:error=ENOSPC:when=1 fdatasync:error=EIO \
	fcntl:error=ENOLCK; do
	cp kept.log two.log
	rm -f two.log.index
	traced "$fault" "${one[@]}" >out 2>err
	is "$fault: exit status" "$?" 1
	is "$fault: nothing is acknowledged" "$(sed 1d out)" ''
	is "$fault: the log is as before" "$(cmp two.log kept.log 2>&1)" ''
done

calls=0 acked=1 status=1
cp kept.log two.log
while [ "$status" != 0 ] && [ "$calls" -lt 1000 ]; do
	calls=$((calls + 1)) status=0
	{ traced "all:signal=KILL:when=$calls" "${one[@]}" >out 2>err; } \
		2>/dev/null || status=$?
	got=$(sed -n '2s/,.*//p' out)
	[ -z "$got" ] || acked=$((acked + 1))
	[ -z "$got" ] || grep -q "\"case_id\":\"$got\"" two.log ||
		is "call $calls: the acknowledged complaint" lost there
	last=$(verdict two.log)
	[ "${last% *}" = whole ] || is "call $calls: the log" "$last" whole
done
is 'killed at twenty calls or more' $((calls >= 20)) 1
is 'no number is there twice' "$(grep -o '"case_id":"[^"]*"' two.log | sort |
	uniq -d | wc -l)" 0
is 'as many as were acknowledged, or more' $((${last#* } >= acked)) 1
finish
