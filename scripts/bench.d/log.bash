# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# crm-complaint append, durable: one event a process, and many at once, to a
# log that already holds BENCH_LOG events. Beside it, what the disk takes for
# any such process (dd appends a line and syncs it), and sqlite3 where it is
# installed: a row and the state of its case in one transaction, WAL and
# synchronous=FULL, and no workflow, no roles, no checksums.

# log_events ROUNDS CASES: so many events of each case, interleaved.
log_events() {
	awk -v rounds="$1" -v cases="$2" 'BEGIN {
		split("receive judge_valid assign analyse propose", event, " ")
		print "case_id,at,event,actor,channel,owner,category,store_id"
		for (r = 1; r <= rounds; r++)
			for (c = 1; c <= cases; c++)
				printf "C%07d,2025-%02d-%02dT%02d:00:00+08:00,%s,s%02d,phone,E%02d,quality,S%d\n",
					c, 1 + c % 9, 1 + c % 28, 7 + r,
					event[r], c % 40, c % 30, c % 7
	}'
}

# single_events FIRST LAST EVENT: a file each, of cases that are far apart.
single_events() {
	local i
	mkdir -p "$work/single"
	for ((i = $1; i <= $2; i++)); do
		printf 'case_id,at,event,actor\nC%07d,2025-11-01T09:00:00+08:00,%s,s01\n' \
			"$((i * 7919 % cases + 1))" "$3" >"$work/single/$i"
	done
}

# log_row WHAT N GOAL: the least of the runs in log.times.
log_row() {
	awk -v what="$1" -v n="$2" -v goal="$3" -v wall="$(least log 1)" \
		-v cpu="$(least log 2)" -v peak="$(least log 3)" 'BEGIN {
		printf "%-34s %8s %9.0f %9.3f %10.1f %9.1f\n", what, goal,
			n / wall, wall, 1e6 * cpu / n, peak / 1024 }'
}

# singles WHAT GOAL COMMAND...: 3 runs of BENCH_SINGLE processes, one after the
# other, each with a file of its own in place of {}.
singles() {
	local what=$1 goal=$2 i
	shift 2
	rm -f "$work/log.times"
	for ((i = 0; i < 3; i++)); do
		seq -f "$work/single/%.0f" "$((i * single + 1))" \
			"$((i * single + single))" >"$work/list"
		timed log xargs -a "$work/list" -I{} "$@"
	done
	log_row "$what" "$single" "$goal"
}

sqlite_one() {
	local id at event actor
	IFS=, read -r id at event actor < <(tail -n 1 "$1")
	printf 'BEGIN IMMEDIATE;
INSERT INTO event(case_id, at, event, actor) SELECT case_id, "%s", "%s", "%s"
FROM cases WHERE case_id = "%s" AND state = "analyse";
UPDATE cases SET state = "%s" WHERE case_id = "%s" AND state = "analyse";
COMMIT;\n' "$at" "$event" "$actor" "$id" "$event" "$id"
}

sqlite_make() {
	rm -f "$work/log.db"*
	sqlite3 "$work/log.db" >/dev/null <<-SQL
		PRAGMA journal_mode = WAL;
		PRAGMA synchronous = FULL;
		CREATE TABLE event(case_id, at, event, actor, channel, owner,
			category, store_id);
		CREATE INDEX event_case ON event(case_id);
		CREATE TABLE cases(case_id PRIMARY KEY, state);
		.import --csv --skip 1 $1 event
		INSERT INTO cases SELECT DISTINCT case_id, "analyse" FROM event;
	SQL
}

# The events as statements.
sqlite_singles() {
	local i
	for ((i = 1; i <= 3 * single; i++)); do
		{
			echo 'PRAGMA synchronous = FULL;'
			sqlite_one "$work/single/$i"
		} >"$work/single/$i.sql"
		mv "$work/single/$i.sql" "$work/single/$i"
	done
	singles 'sqlite3, a process an event' '' \
		sqlite3 -batch -bail "$work/log.db" '.read {}'
}

export -f sqlite_make

log_section() {
	local events=${BENCH_LOG:-1000000} single=${BENCH_SINGLE:-1000}
	local cases=$((events / 4)) log=$work/cases.log
	has_room "$((events * 900 >> 20))" log || return 0
	log_events 4 "$cases" >"$work/log.csv"
	printf '\nA log of %s events of %s cases, on %s: least of 3 runs\n' \
		"$((cases * 4))" "$cases" \
		"$(df --output=fstype "$work" | tail -n 1)"
	printf '%-34s %8s %9s %9s %10s %9s\n' what 'goal /s' 'events/s' \
		'wall s' 'cpu us/ev.' 'peak MiB'
	rm -f "$work/log.times"
	timed log crm-complaint append "$log" "$work/log.csv"
	log_row 'append, all in one stream' "$((cases * 4))" 50000
	single_events 1 "$((3 * single))" propose
	singles 'append, a process an event' 500 crm-complaint append "$log" {}
	rm -f "$work/log.times" "$log.index"
	timed log crm-complaint append "$log" \
		<(printf '%s\n' case_id,at,event,actor x,2025-11-01,receive,s01)
	log_row 'append, the index was lost' 1 ''
	rm -f "$work/floor"
	singles 'dd, a synced line a process' '' dd if={} "of=$work/floor" \
		oflag=append conv=notrunc,fdatasync status=none
	if command -v sqlite3 >/dev/null; then
		rm -f "$work/log.times"
		timed log bash -c "sqlite_make $work/log.csv"
		log_row 'sqlite3 .import, then its cases' "$((cases * 4))" ''
		sqlite_singles
	fi
	rm -rf "$work/single" "$log"* "$work/log."*
}

log_section
