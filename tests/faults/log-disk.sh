#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Disks that are full, read-only or failing: exit 1, a message, and the log
# as before.
#
#	tests/faults/log-disk.sh BINDIR
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"

# fails WHAT CAUSE COMMAND...: exit 1, one line that names the cause, and
# cases.log as it was.
fails() {
	local what=$1 cause=$2 status=0
	shift 2
	cp cases.log before
	"$@" >out 2>err || status=$?
	is "$what: exit status" "$status" 1
	is "$what: one message" "$(wc -l <err)" 1
	is "$what: names the cause" "$(grep -c "$cause" err)" 1
	is "$what: nothing is acknowledged" "$(sed 1d out)" ''
	is "$what: the log is as before" "$(cmp cases.log before 2>&1)" ''
}

events 5 | crm-complaint append cases.log >/dev/null

# A limit of file size, at every size within the next line.
event D receive >one.csv
size=$(stat -c %s cases.log)
limited() {
	# bash counts in blocks of 1024 bytes; prlimit in bytes.
	prlimit --fsize="$1" crm-complaint append cases.log one.csv
}
for more in 0 1 17 60 100; do
	fails "file size limit at $more bytes more" 'File too large' \
		limited $((size + more))
done

# A full disk.
mkdir small
if mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
	trap 'cd /; umount "$work/small"; rm -rf "$work"' EXIT
	cp -p cases.log small/
	cd small || exit 2
	head -c 1M /dev/zero >fill 2>/dev/null
	: >before 2>/dev/null
	cp cases.log ../kept
	events 400 F >../many.csv
	crm-complaint append cases.log ../many.csv >../out 2>../err
	is 'full disk: exit status' "$?" 1
	is 'full disk: names the cause' "$(grep -c 'No space left' ../err)" 1
	is 'full disk: nothing is acknowledged' "$(sed 1d ../out)" ''
	is 'full disk: the log is as before' "$(cmp cases.log ../kept 2>&1)" ''
	rm -f fill
	crm-complaint append cases.log ../many.csv >../out 2>../err
	is 'room again: it works' "$?:$(sed 1d ../out | wc -l)" 0:400
	is 'room again: the log is whole' "$(verdict cases.log)" 'whole 405'
	cd ..
	mount -o remount,ro small 2>/dev/null &&
		{
			crm-complaint append small/cases.log one.csv >out 2>err
			is 'read-only disk: exit status' "$?" 1
			is 'read-only disk: names the cause' \
				"$(grep -c 'Read-only' err)" 1
			crm-complaint cases small/cases.log >out 2>err
			is 'read-only disk: reading works' \
				"$?:$(sed 1d out | wc -l)" 0:405
		}
else
	skip 'full disk and read-only disk: mounting is not allowed here'
fi

# A log that may not be written; root may.
chmod 400 cases.log
if [ "$(id -u)" != 0 ]; then
	fails 'read-only file' 'Permission denied' \
		crm-complaint append cases.log one.csv
elif setpriv --reuid 65534 --regid 65534 --clear-groups \
	test -x "$bin/crm-complaint" 2>/dev/null; then
	chmod 755 .
	chown 65534 cases.log
	fails 'read-only file' 'Permission denied' \
		setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$bin/crm-complaint" append cases.log one.csv
	chown 0 cases.log
else
	skip 'read-only file: no other user may run the programs'
fi
chmod 600 cases.log

# Acknowledgements that nobody can take: the events are in the log all the
# same, and the exit status tells.
crm-complaint append cases.log one.csv >/dev/full 2>err
is 'no room for the acknowledgement: exit status' "$?" 1
is 'no room for the acknowledgement: it is in the log' \
	"$(verdict cases.log)" 'whole 6'

mkdir a-folder
for path in a-folder /dev/null nowhere/cases.log; do
	crm-complaint append "$path" one.csv >out 2>err
	is "a log at $path: exit status" "$?" 1
	is "a log at $path: one message" "$(wc -l <err)" 1
done
mkfifo a-fifo
timeout 60 crm-complaint verify a-fifo >out 2>err
is 'a FIFO is no log' "$?" 1
# What is no log is events, also through a FIFO whose writer waits already: it
# would be broken off by a look that is not the reading.
for _ in 1 2 3 4 5 6 7 8 9 10; do
	timeout 60 cat one.csv >a-fifo &
	sleep .02
	timeout 10 crm-complaint cases a-fifo --get case_id >out 2>err || break
	wait "$!" || break
	cat out
done >seen
is 'a FIFO of events: its case, each time' "$(sort seen | uniq -c)" "$(
	printf '%7d D' 10)"
finish
