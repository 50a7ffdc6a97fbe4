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
cp kept.log cases.log
traced 'write:error=EAGAIN:when=1..3' "${append[@]}" >out 2>err
is 'so are those that would wait' "$?:$(verdict cases.log)" '0:whole 6'

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

# Killed at every single one of its system calls. strace counts the calls of
# each name apart, so each is named and numbered.
#
# places COMMAND...: "name n" for every call of one run, in their order.
places() {
	strace -f -qq -o trace "$@" >/dev/null 2>&1
	sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' trace |
		grep -v '^e\(xecve\|xit_group\)$' | awk '{ print $1, ++n[$1] }'
}

# killed NAME N: whether the run was; its acknowledgement goes to `out`.
killed() {
	! { traced "$1:signal=KILL:when=$2" "${append[@]}" >out 2>err
	} 2>/dev/null
}

# kill_everywhere WHAT BEFORE: an append of a case of its own at each place,
# all on cases.log, which so sees what any of them leaves behind; BEFORE is
# run before each. The next append must find the case there or not, as it is.
kill_everywhere() {
	local what=$1 before=$2 n=0 name k there last events=0 bad=0
	event "$what-first" receive >one.csv
	$before
	places "${append[@]}" >calls
	while read -r name k; do
		n=$((n + 1))
		[ $((n % every)) = 0 ] || continue
		event "$what-$n" receive >one.csv
		$before
		killed "$name" "$k" && bad=$((bad + 1))
		there=$(grep -c "\"case_id\":\"$what-$n\".*}\$" cases.log)
		[ -z "$(sed -n 2p out)" ] || [ "$there" = 1 ] ||
			is "$what, $name $k: the acknowledged event" lost there
		# A second time it is not allowed when it is there.
		crm-complaint append cases.log one.csv >/dev/null 2>&1
		[ "$?" = "$there" ] ||
			is "$what, $name $k: what the next one finds" \
				"not so" "$there"
		events=$((events + 1))
		last=$(verdict cases.log)
		[ "${last% *}" = whole ] ||
			is "$what, $name $k: the log" "$last" whole
	done <calls
	is "$what: as many places as a run has" $((n > 60)) 1
	is "$what: killed at nearly all of them" $((bad > events - 10)) 1
	is "$what: no case is there twice" \
		"$(grep -o '"case_id":"[^"]*"' cases.log | sort | uniq -d |
			wc -l)" 0
	is "$what: all cases are there" \
		"$(grep -c "\"case_id\":\"$what-[0-9]*\".*}\$" cases.log)" \
		"$events"
	is "$what: nothing else lies about" \
		"$(find . -name 'cases.log*.new' | wc -l)" 0
}

# With sanitizers a process takes ten times as long, and makes more calls.
every=1
! ldd "$bin/crm-complaint" | grep -q libasan || every=7

cp kept.log cases.log
kill_everywhere plain true

# A log with an index: brought up to date, and written anew.
padded() {
	events 700 P | sed '1s/$/,note/; 2,$s/$/,'"$(printf '%0300d' 0)/"
}
rm -f cases.log
padded | crm-complaint append cases.log >/dev/null
is 'there is an index' "$(head -c 13 cases.log.index)" crm-caseindex
kill_everywhere indexed true
is 'the index is still the log'"'"'s' "$(strace -P cases.log -e pread64 \
	crm-complaint append cases.log one.csv 2>&1 | grep -c '= 16384')" 1
kill_everywhere stale 'touch cases.log'
rm -f cases.log.index
kill_everywhere unindexed 'rm -f cases.log.index'
finish
