#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# System calls that fail, and a writer killed at every single one of its
# system calls (by strace's fault injection).
#
#	tests/faults/log-calls.sh BINDIR
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
if ! command -v strace >/dev/null; then
	skip 'there is no strace'
	finish
fi
if ! strace -o /dev/null true 2>/dev/null; then
	skip 'strace may not trace here'
	finish
fi
# A sanitizer that looks for leaks cannot while it is traced.
export ASAN_OPTIONS=detect_leaks=0

# traced EXPRESSION COMMAND...
traced() {
	local e=$1
	shift
	strace -f -qq -o trace -e "inject=$e" "$@"
}

events 5 | crm-complaint append kept.log >/dev/null
event D receive >one.csv
append=(crm-complaint append -j 1 cases.log one.csv)

# injected WHAT CAUSE EXPRESSION: exit 1 and the log as before.
injected() {
	local status=0
	cp kept.log cases.log
	traced "$3" "${append[@]}" >out 2>err || status=$?
	is "$1: exit status" "$status" 1
	is "$1: names the cause" "$(grep -c "$2" err)" 1
	is "$1: nothing is acknowledged" "$(sed 1d out)" ''
	is "$1: the log is as before" "$(cmp cases.log kept.log 2>&1)" ''
}

# The writes to the log come first; those to standard output after them.
for cause in ENOSPC:'No space left' EIO:'Input/output error' \
	EDQUOT:'Disk quota exceeded' EFBIG:'File too large'; do
	error=${cause%%:*} words=${cause#*:}
	injected "write: $error" "$words" "write:error=$error:when=1"
	injected "fdatasync: $error" "$words" "fdatasync:error=$error"
done
injected 'lock: ENOLCK' 'No locks available' 'fcntl:error=ENOLCK'
cp kept.log cases.log
traced 'write:error=EINTR:when=1..3' "${append[@]}" >out 2>err
is 'interrupted writes are gone on with' "$?" 0
is 'and write the event once' "$(verdict cases.log)" 'whole 6'

# The folder of a new log cannot be synced: nothing is promised.
rm -f cases.log
traced 'fsync:error=EIO' "${append[@]}" >out 2>err
is 'fsync of the folder: exit status' "$?" 1
is 'fsync of the folder: nothing is acknowledged' "$(sed 1d out)" ''
is 'fsync of the folder: no event' "$(stat -c %s cases.log)" 0

# Neither fdatasync nor cutting back works: told, and the next one goes on.
cp kept.log cases.log
traced 'fdatasync,ftruncate:error=EIO' "${append[@]}" >out 2>err
is 'no cutting back: exit status' "$?" 1
is 'no cutting back: told' "$(grep -c 'cut back' err)" 1
is 'no cutting back: nothing is acknowledged' "$(sed 1d out)" ''
event E receive | crm-complaint append cases.log >out 2>err
is 'no cutting back: the next append works' "$?" 0

# The order of an append: folder, write, fdatasync, acknowledgement.
rm -f cases.log
strace -f -qq -o trace -e trace=fsync,write,fdatasync "${append[@]}" >out
is 'what is durable comes before what is promised' \
	"$(sed -n 's/^[0-9]* *\([a-z]*\)(.*/\1/p' trace | tr '\n' ' ')" \
	'fsync write fdatasync write '
is 'a new log is private' "$(stat -c %a cases.log)" 600

# Killed at its n-th system call, for every n; each of them on the same log,
# which so sees what any of them leaves behind.
cp kept.log cases.log
calls=0 acked=5 last='' status=1
while [ "$status" != 0 ] && [ "$calls" -lt 1000 ]; do
	calls=$((calls + 1))
	event "K$calls" receive >one.csv
	status=0
	{ traced "all:signal=KILL:when=$calls" "${append[@]}" \
		>out 2>err; } 2>/dev/null || status=$?
	got=$(sed -n 2p out)
	if [ -n "$got" ]; then
		acked=$((acked + 1))
		grep -q "\"case_id\":\"K$calls\"" cases.log ||
			is "call $calls: the acknowledged event" lost there
	fi
	last=$(verdict cases.log)
	[ "${last% *}" = whole ] ||
		is "call $calls: the log" "$last" 'whole'
done
is 'killed at some thirty calls or more' $((calls > 30)) 1
is 'the last one is there' "$(tail -n 1 cases.log | grep -c "K$calls\"")" 1
is 'no case is there twice' "$(grep -o '"case_id":"[^"]*"' cases.log |
	sort | uniq -d | wc -l)" 0
is 'as many as were acknowledged, or more' \
	$((${last#* } >= acked)) 1
finish
