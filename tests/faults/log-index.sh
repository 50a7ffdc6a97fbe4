#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The index beside a log: an append that goes by it does what one does that
# reads the whole log; whatever becomes of index or log is noticed; and its
# failing is no matter.
#
#	tests/faults/log-index.sh BINDIR [EVENTS]
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
steps=${2:-250}
! ldd "$bin/crm-complaint" | grep -q libasan || steps=${2:-60}
export ASAN_OPTIONS=detect_leaks=0
if ! strace -o /dev/null true 2>/dev/null; then
	skip 'there is no strace, or it may not trace here'
	finish
fi

# padded N [PREFIX]: N new cases, 300 bytes of note each.
padded() {
	events "$@" | sed '1s/$/,note/; 2,$s/$/,'"$(printf '%0300d' 0)/"
}

# reads LOG CSV [OPTION...]: how often an append reads much of the log.
reads() {
	local log=$1 csv=$2
	shift 2
	strace -P "$PWD/$log" -e trace=pread64 crm-complaint append "$@" \
		"$log" "$csv" 2>&1 >/dev/null | grep -c '^pread64.* = [0-9]\{6\}'
}

# jumps LOG: whether an append goes by the index; its one event is not allowed,
# so that the log stays as it is.
jumps() {
	event P000001 nonsense >jump.csv
	[ "$(reads "$1" jump.csv)" = 0 ] && echo yes || echo no
}

# ---- the same with and without ----

# Random events of some cases; times go forward, but not always.
random_events() {
	awk -v seed="$1" -v n="$2" -v names="$3" 'BEGIN {
		srand(seed)
		m = split(names, event, " ")
		for (i = 1; i <= n; i++)
			printf "P%06d,2025-10-%02dT%02d:%02d:00+08:00,%s,s%02d,%s,%s,%s\n",
				1 + rand() * 12, 4 + i / 40, rand() * 3 + i % 20,
				rand() * 60, event[1 + int(rand() * m)],
				rand() * 5, rand() < .3 ? "E" int(rand() * 9) : "",
				rand() < .2 ? 1 + int(rand() * 5) : "",
				rand() < .1 ? "2025-11-" 10 + int(rand() * 9) : ""
	}'
}

# One event at a time to two logs, of which one can have no index.
same() {
	local what=$1 workflow=$2 names=$3 line n=0 a b fine=0
	rm -rf with.log* without.log*
	mkdir without.log.index
	padded 900 P >first.csv
	for log in with without; do
		crm-complaint append --workflow "$workflow" $log.log first.csv \
			>/dev/null
	done
	while read -r line; do
		n=$((n + 1))
		printf '%s\n%s\n' case_id,at,event,actor,owner,severity,due \
			"$line" >one.csv
		[ $((n % 50)) != 20 ] || touch with.log
		[ $((n % 50)) != 40 ] || rm with.log.index
		a=$(crm-complaint append --workflow "$workflow" with.log \
			one.csv 2>&1)
		fine=$((fine + ($? == 0)))
		b=$(crm-complaint append --workflow "$workflow" without.log \
			one.csv 2>&1)
		[ "$a" = "$b" ] || is "$what, event $n" "$a" "$b"
	done < <(random_events "$4" "$steps" "$names")
	is "$what: the same bytes" "$(cmp with.log without.log 2>&1)" ''
	is "$what: some were allowed, some not" \
		$((fine > 5 && fine < steps - 5)) 1
	is "$what: one had an index" \
		"$(head -c 13 with.log.index)" crm-caseindex
	is "$what: and went by it" "$(jumps with.log)" yes
}

seven='judge_valid judge_invalid assign analyse propose approve return'
seven+=' implement notify feedback reopen note correct pause resume withdraw'
seven+=' deescalate receive nonsense'
eight='calm apologise confirm propose agree return follow_up archive reopen'
eight+=' note correct pause resume withdraw escalate receive'
same 'seven steps' seven-step "$seven" 7
same 'eight steps' eight-step "$eight" 8
cat >own.json <<'W'
{"name": "own", "states": [{"name": "open"}, {"name": "held", "paused": true},
{"name": "done", "closed": true}], "events": [{"name": "receive"},
{"name": "hold"}, {"name": "go"}, {"name": "end"}, {"name": "again"}],
"transitions": [{"from": "@new", "event": "receive", "to": "open"},
{"from": "open", "event": "hold", "to": "held"},
{"from": "held", "event": "go", "to": "open"},
{"from": "@open", "event": "end", "to": "done"},
{"from": "@closed", "event": "again", "to": "open"}]}
W
same 'a workflow of its own' own.json 'receive hold go end again' 9
# The same name, other content: what the index has is of no use.
sed 's/"from": "held", "event": "go"/"from": ["held", "open"], "event": "go"/' \
	own.json >changed.json
event P000002 end >one.csv
crm-complaint append --workflow own.json with.log one.csv >/dev/null 2>&1
event P000003 go >one.csv
sed -i 's/2025-10-03/2025-12-03/' one.csv
is 'a changed workflow makes it stale' \
	"$(reads with.log one.csv --workflow changed.json)" 1
is 'once' "$(reads with.log one.csv --workflow changed.json)" 0

# ---- the log changed behind its back ----

fresh() {
	rm -rf big.log*
	crm-complaint append big.log first.csv >/dev/null
	event P000001 judge_valid | crm-complaint append big.log >/dev/null
	event P000002 judge_valid | crm-complaint append big.log >/dev/null
}

# refused WHAT LINE: the next append names the line, and adds nothing.
refused() {
	local status=0
	event X receive >one.csv
	cp big.log before
	crm-complaint append big.log one.csv >out 2>err || status=$?
	is "$1: exit status" "$status" 1
	is "$1: names the line" "$(grep -c "big.log:$2: damaged" err)" 1
	is "$1: nothing is added" "$(cmp big.log before 2>&1)" ''
}

fresh
is 'a fresh index' "$(jumps big.log)" yes
touch -r big.log stamp
sed -i '400s/receive/recieve/' big.log
touch -r stamp big.log
refused 'an edit in the middle' 400
fresh
touch -r big.log stamp
printf X | dd of=big.log bs=1 seek=100000 conv=notrunc status=none
touch -r stamp big.log
line=$(head -c 100001 big.log | wc -l)
refused 'a byte written over, its time set back' $((line + 1))
fresh
sed -i 500d big.log
refused 'a line taken out' 500

fresh
cp -p big.log older.log
event P000003 judge_valid | crm-complaint append big.log >/dev/null
cp -p older.log big.log
event P000003 judge_valid | crm-complaint append big.log >out 2>err
is 'an older copy put back: its states count' "$?:$(sed 1d out)" \
	'0:P000003,903,judge_valid,valid'
mv older.log big.log
event P000003 judge_valid | crm-complaint append big.log >out 2>err
is 'an older file moved there: its states count' "$?:$(sed 1d out)" \
	'0:P000003,903,judge_valid,valid'
is 'and the index is anew' "$(jumps big.log)" yes
head -n 901 big.log >short && cat short >big.log
event P000002 judge_valid | crm-complaint append big.log >out 2>err
is 'cut at a line: its states count' "$?:$(sed 1d out)" \
	'0:P000002,902,judge_valid,valid'
truncate -s -5 big.log
event P000002 judge_valid | crm-complaint append big.log >out 2>err
is 'cut within a line: its states count' "$?:$(sed 1d out)" \
	'0:P000002,902,judge_valid,valid'
is 'cut within a line: it is told' "$(grep -c torn err)" 1

# ---- the index changed ----

# An append must refuse what is done already and take what is not.
unharmed() {
	event P000001 judge_valid >one.csv
	crm-complaint append big.log one.csv >out 2>err
	is "$1: what is done is done" "$?:$(grep -c 'state valid' err)" 1:1
	event P000005 judge_valid >one.csv
	cp -p big.log kept.log
	crm-complaint append big.log one.csv >out 2>err
	is "$1: what is allowed is taken" "$?:$(sed 1d out)$(cat err)" \
		'0:P000005,903,judge_valid,valid'
	cat kept.log >big.log
}

fresh
cp big.log other.log
event P000005 judge_valid | crm-complaint append big.log >/dev/null
cp -p big.log.index other.log.index
cp other.log big.log
mv other.log.index big.log.index
unharmed 'the index of another log'
fresh
cp -p big.log.index kept.index
# Every byte that is used: each is put back, and the index with it.
awk -v size="$(stat -c %s kept.index)" 'BEGIN {
	for (i = 0; i < size; i += i < 200 || i >= 36864 ? 7 : 16)
		if (i < 200 || i >= 4096 && i < 4160 || i >= 36864)
			print i
}' >offsets
[ "$steps" -gt 100 ] || sed -i -n '1~9p' offsets
wrong=0 flips=0
event P000001 judge_valid >one.csv
while [ "$flips" -lt 400 ] && read -r at; do
	flips=$((flips + 1))
	byte=$(od -An -tu1 -j "$at" -N 1 kept.index)
	# shellcheck disable=SC2059
	printf "\\x$(printf %x $((byte ^ 1 << at % 8)))" |
		dd of=big.log.index bs=1 seek="$at" conv=notrunc status=none
	crm-complaint append big.log one.csv >out 2>err
	[ "$?:$(grep -c 'state valid' err)" = 1:1 ] || wrong=$((wrong + 1))
	cat kept.index >big.log.index
done < <(shuf --random-source=kept.index offsets)
is 'a flipped bit changes nothing' "$wrong" 0
is 'hundreds of them were' $((flips > 50)) 1
for size in 0 7 100 4000 36000 40000; do
	fresh
	truncate -s "$size" big.log.index
	unharmed "an index of $size bytes"
done

# What is not an index of ours stays as it is.
fresh
echo 'my notes' >notes
rm big.log.index
cp notes big.log.index
unharmed 'a foreign file'
is 'a foreign file: stays' "$(cmp notes big.log.index 2>&1)" ''
crm-complaint append -v big.log one.csv 2>err >/dev/null
is 'a foreign file: -v says so' "$(grep -c 'another kind' err)" 1
fresh
ln -sf notes big.log.index
unharmed 'a symbolic link'
is 'a symbolic link: stays, and where it leads' \
	"$(readlink big.log.index) $(cat notes)" 'notes my notes'
fresh
rm big.log.index
mkdir big.log.index
unharmed 'a folder'
fresh
rm big.log.index
mkdir big.log.index.new
unharmed 'a folder of the temporary name'

# ---- the index cannot be read or written ----

for call in openat:EACCES openat:EROFS openat:ENOSPC pwrite64:ENOSPC \
	pwrite64:EIO rename:EACCES pread64:EIO pwrite64:EDQUOT \
	newfstatat:EIO fchmod:EPERM fchown:EPERM fstatfs:EIO; do
	for state in fresh stale; do
		fresh
		[ $state = fresh ] || touch big.log
		event Q receive >one.csv
		strace -f -qq -o trace -P "$PWD/big.log.index" \
			-P "$PWD/big.log.index.new" \
			-e "inject=${call%:*}:error=${call#*:}" \
			crm-complaint append big.log one.csv >out 2>err
		is "$call, $state: it is taken" \
			"$?:$(sed 1d out)$(cat err)" \
			'0:Q,903,receive,received'
		is "$call, $state: it is there" \
			"$(verdict big.log)" 'whole 903'
		is "$call, $state: nothing lies about" \
			"$(find . -name '*.new')" ''
		crm-complaint append big.log one.csv >out 2>err
		is "$call, $state: and known" \
			"$?:$(grep -c 'state received' err)" 1:1
	done
done
fresh
is 'readers leave it alone' "$(for verb in cases verify; do
	strace -f -e trace=file crm-complaint $verb big.log 2>&1 \
		>/dev/null; done | grep -c '\.index')" 0
event P000003 judge_valid >one.csv
cp -p big.log.index kept.index
is 'so does a dry run' "$(strace -f -e trace=file crm-complaint \
	append -n big.log one.csv 2>&1 >/dev/null |
	grep -c '\.index')" 0

# ---- many at once, and a great many events ----

fresh
rm -f acks.*
for ((w = 0; w < 16; w++)); do
	for ((i = 0; i < steps / 10; i++)); do
		event "W$w-$i" receive "w$w" | crm-complaint append big.log
		event "W$w-$i" judge_valid "w$w" | crm-complaint append big.log
	done 2>>errors | grep -v ^case_id, >"acks.$w" &
done
wait
total=$((902 + 16 * (steps / 10) * 2))
is 'sixteen writers: nothing to say' "$(cat errors)" ''
is 'sixteen writers: whole' "$(verdict big.log)" "whole $total"
is 'sixteen writers: each acknowledgement is of another event' \
	"$(cat acks.* | cut -d, -f2 | sort -u | wc -l)" $((total - 902))
is 'sixteen writers: the index is fresh' "$(jumps big.log)" yes

fresh
events 30000 N | crm-complaint append big.log >out
is 'thirty thousand at once' "$(sed 1d out | wc -l)" 30000
event N000007 judge_valid >one.csv
crm-complaint append big.log one.csv >/dev/null
is 'the next one knows them' "$?" 0
is 'and the one after it goes by the index' "$(jumps big.log)" yes

# More lines since the base than the index has room for: their cases come into
# the base, and nobody reads the log.
for round in 1 2; do
	events 2100 "Q$round" >many.csv
	is "many new cases, $round: the log is not read" \
		"$(reads big.log many.csv)" 0
	sed -i 's/receive/judge_valid/' many.csv
	head -n 40 many.csv | crm-complaint append big.log >out
	is "known from then on, $round" \
		"$(sed 1d out | grep -c judge_valid,valid)" 39
done
event Q2000039 assign >one.csv
is 'and the next goes by the index' "$(reads big.log one.csv)" 0

# sees VERB CASE: what a reader of one case says is the same without an index;
# whether it read little for it.
sees() {
	mv big.log.index aside
	crm-complaint "$1" --summary big.log "$2" >without 2>&1
	mv aside big.log.index
	strace -P "$PWD/big.log" -e trace=pread64 -o trace \
		crm-complaint "$1" --summary big.log "$2" >with 2>&1
	is "$1 $2: the same with the index" \
		"$(diff with without && wc -l <with)" "$3"
	is "$1 $2: how much is read" "$(grep -q ' = [0-9]\{6\}' trace &&
		echo all || echo little)" "${4:-little}"
}
sees show P000001 4
sees show Q2000039 5
sees show Q1000099 3
sees next Q2000001 "$(crm-complaint next --summary big.log Q2000001 2>&1 |
	wc -l)"
sees show Nobody 1
touch big.log
sees show Q2000039 5 all
event Q2000041 judge_valid | crm-complaint append big.log >out

# Whatever happens to the writer while it does that, the events are there, and
# the index says what the log says.
round=2
for fault in pwrite64:signal=KILL:when=40 fdatasync:signal=KILL:when=1 \
	pwrite64:error=ENOSPC:when=40 fdatasync:error=EIO:when=1; do
	round=$((round + 1))
	events 2100 "Q$round" >many.csv
	{
		strace -qq -o trace -P "$PWD/big.log.index" \
			-e "inject=$fault" \
			crm-complaint append big.log many.csv >out
		status=$?
	} 2>err
	is "$fault: the exit status" "$status" \
		"$([[ $fault = *KILL* ]] && echo 137 || echo 0)"
	is "$fault: happened" "$(grep -c 'INJECTED\|KILLED\|SIGKILL' trace |
		sed 's/[1-9].*/yes/')" yes
	event "Q${round}000007" receive >one.csv
	crm-complaint append big.log one.csv >out 2>err
	is "$fault: what is done is done" \
		"$?:$(grep -c 'state received' err)" 1:1
	is "$fault: and the next goes by the index" "$(jumps big.log)" yes
	sees show "Q${round}002099" 3
done
total=$(verdict big.log)
is 'whole, with all of them' "$total" "whole $((30903 + 6 * 2100 + 2 * 39 + 2))"
events 20000 M | crm-complaint append big.log --rejects bad.csv >out
events 20000 M | crm-complaint append big.log --rejects bad.csv \
	--max-rejects 100% >out
is 'twice is once too often' "$(sed 1d out | wc -l)" 0
is 'whole' "$(verdict big.log)" "whole $((${total#whole } + 20000))"
finish
