# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# What the sections of scripts/bench share: one timed run, medians, a contest.

# sample ROWS FILE [OPTION...]: transactions of ROWS/10 customers.
sample() {
	local n=$1 file=$2
	shift 2
	crm-sample --transactions "$n" --customers "$((n / 10))" --seed 1 \
		"$@" -o "$file"
	describe "$n" "$file"
}

describe() {
	printf '\n%s rows of %s customers, %s MiB (%s)\n' "$1" "$(($1 / 10))" \
		"$(($(stat -c %s "$2") >> 20))" "${2##*/}"
}

# has_room MIB NAME: whether the disk has it; says so when it has not.
has_room() {
	local free
	free=$(df -Pk "$work" | awk 'NR == 2 { print int($4 / 1024) }')
	[ "$free" -ge "$1" ] && return
	printf '\n%s: left out, %s MiB of disk are wanted in %s\n' "$2" "$1" \
		"$work"
	return 1
}

# timed NAME COMMAND...: one run; a line "wall cpu peak-KiB" to NAME.times. The
# clock is the shell's, which shows milliseconds.
timed() {
	local name=$1 TIMEFORMAT='%R %U %S'
	shift
	{
		time /usr/bin/time -o "$work/peak" -f %M "$@" \
			>"$work/out.csv" 2>&3
	} 3>&2 2>"$work/clock"
	paste -d " " "$work/clock" "$work/peak" |
		awk '{ printf "%.3f %.3f %d\n", $1, $2 + $3, $4 }' \
			>>"$work/$name.times"
}

# median NAME FIELD
median() {
	sort -n -k "$2,$2" "$work/$1.times" |
		awk -v f="$2" '{ v[NR] = $f }
			END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# least NAME FIELD: what a machine that does other things too disturbs least.
least() {
	awk -v f="$2" 'NR == 1 || $f < v { v = $f } END { print v }' \
		"$work/$1.times"
}

# row NAME TWO ONE: one line of the table, ratios to the runs TWO and ONE.
row() {
	awk -v name="$1" -v wall="$(median "$1" 1)" -v cpu="$(median "$1" 2)" \
		-v peak="$(median "$1" 3)" -v runs="$(wc -l <"$work/$1.times")" \
		-v two="$(median "$2" 1)" -v one="$(median "$3" 1)" 'BEGIN {
		printf "%-24s %5d %8.3f %8.3f %9.1f %9.2f %9.2f\n", name, runs,
			wall, cpu, peak / 1024, wall / two, wall / one }'
}

# contest TITLE ROUNDS FILE OURS... -- PEER...: all in turn, ROUNDS times
# after a round that warms up and is not counted. A peer is a function of one
# argument, the file; one that is written PEER:once takes part in the last
# round only.
contest() {
	local title=$1 rounds=$2 file=$3 command=() peers=() i peer
	shift 3
	while [ "$1" != -- ]; do
		command+=("$1")
		shift
	done
	shift
	peers=("$@")
	rm -f "$work"/*.times
	for ((i = 0; i <= rounds; i++)); do
		[ "$i" != 1 ] || rm -f "$work"/*.times
		timed ours-2-threads "${command[@]}" -j2 "$file"
		timed ours-1-thread "${command[@]}" -j1 "$file"
		timed floor bash -c "floor $file"
		for peer in "${peers[@]}"; do
			[ "$peer" = "${peer%:once}" ] || [ "$i" = "$rounds" ] ||
				continue
			timed "${peer%:once}" bash -c "${peer%:once} $file"
		done
	done
	printf '\n%s: medians\n' "$title"
	printf '%-24s %5s %8s %8s %9s %9s %9s\n' command runs 'wall s' \
		'cpu s' 'peak MiB' '/2 thr.' '/1 thr.'
	for peer in ours-2-threads ours-1-thread floor "${peers[@]%:once}"; do
		row "$peer" ours-2-threads ours-1-thread
	done
}

# The three questions that carry the goal of speed.
mix=(crm-mix --by 'month,kind' -t csv)

# ask NAME: the command into question_of.
ask() {
	case $1 in
	tier) question_of=(crm-tier -t csv) ;;
	mix) question_of=("${mix[@]}") ;;
	summary) question_of=(crm-clv summary -t csv) ;;
	esac
}

# three_questions WHAT FILE: all of them, beside DuckDB.
three_questions() {
	local what=$1 file=$2 question
	for question in tier mix summary; do
		ask "$question"
		find_peers "duckdb_$question"
		contest "$question, $what" "$runs" "$file" \
			"${question_of[@]}" -- "${peers[@]}"
	done
}
