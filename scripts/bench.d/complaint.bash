# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# crm-complaint: the cases of BENCH_EVENTS events, from a stream, beside DuckDB
# (which believes every event, or checks each by windows over the events of
# its case; working time and pauses it leaves out), and from a log.

# same_answer QUERY: has DuckDB found the cases that we have?
same_answer() {
	local ours
	"duckdb_$1" "$2" || return
	ours=$(crm-complaint replay "$2" |
		awk -F, 'NR > 1 { print $1, $2, $9, $10 }' | cksum)
	[ "$ours" = "$(awk -F, 'NR > 1 { print $1, $2, $5, $6 }' \
		"$work/duckdb.csv" | cksum)" ] ||
		echo "duckdb_$1: another answer than ours"
}

# same_steps FILE: and which event follows which how often, in how many cases,
# to the 4th digit of the hours in the median?
same_steps() {
	local ours
	duckdb_follows "$1" || return
	ours=$(crm-complaint process "$1" | awk -F, 'NR > 1 && $1 && $2 {
		printf "%s %s %d %d %.4g\n", $1, $2, $3, $4, $6 }' | cksum)
	[ "$ours" = "$(awk -F, 'NR > 1 {
		printf "%s %s %d %d %.4g\n", $1, $2, $3, $4, $6 }' \
		"$work/duckdb.csv" | cksum)" ] ||
		echo 'duckdb_follows: another answer than ours'
}

# log_times NAME GOAL COMMAND...: a row of the table of the log.
log_times() {
	local name=$1 goal=$2 i
	shift 2
	rm -f "$work/log.times"
	for ((i = 0; i < (runs < 3 ? runs : 3); i++)); do
		timed log "$@"
	done
	printf '%-24s %8s %8.3f %8.3f %9.1f %10.0f\n' "$name" "$goal" \
		"$(least log 1)" "$(least log 2)" \
		"$(awk -v k="$(least log 3)" 'BEGIN { print k / 1024 }')" \
		"$(awk -v n="$events" -v s="$(least log 1)" \
			'BEGIN { print n / s }')"
}

complaint_section() {
	local events=${BENCH_EVENTS:-10000000} file=$work/events.csv peer
	# Events, their log, and what DuckDB sets aside.
	has_room "$((events * 400 >> 20))" complaint || return 0
	"$root/scripts/bench.d/make-events" "$events" >"$file"
	printf '\n%s events of %s cases, %s MiB\n' "$events" \
		"$(crm-complaint replay "$file" | awk 'END { print NR - 1 }')" \
		"$(($(stat -c %s "$file") >> 20))"
	find_peers duckdb_cases duckdb_checked
	contest "crm-complaint replay, $events events" "$runs" "$file" \
		crm-complaint replay -t csv -- "${peers[@]}"
	for peer in "${peers[@]}"; do
		same_answer "${peer#duckdb_}" "$file"
	done
	find_peers duckdb_follows
	contest "crm-complaint process, $events events" "$runs" "$file" \
		crm-complaint process -t csv -- "${peers[@]}"
	[ "${#peers[@]}" = 0 ] || same_steps "$file"
	printf '\nthe log of %s events, least of its runs\n' "$events"
	printf '%-24s %8s %8s %8s %9s %10s\n' what 'goal s' 'wall s' 'cpu s' \
		'peak MiB' events/s
	runs=1 log_times append "$((events / 50000))" \
		crm-complaint append "$work/cases.log" "$file"
	log_times 'cases, all threads' "$((events * 15 / 10000000))" \
		crm-complaint cases -t csv "$work/cases.log"
	log_times 'cases, 1 thread' '' \
		crm-complaint cases -t csv -j1 "$work/cases.log"
	log_times 'cases as of 2020-12-31' '' crm-complaint cases -t csv \
		--as-of 2020-12-31 "$work/cases.log"
	log_times verify '' crm-complaint verify "$work/cases.log"
	rm -f "$file" "$work/cases.log"
}

complaint_section
