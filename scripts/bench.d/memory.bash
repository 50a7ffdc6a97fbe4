# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Memory for each customer and thread: the peak less 16 MiB, and the slope
# between a fifth of the customers and all of them, in as many rows.

# peak THREADS COMMAND...: KiB
peak() {
	local threads=$1
	shift
	rm -f "$work/peak.times"
	timed peak "$@" "-j$threads"
	median peak 3
}

few=$((rows / 20)) many=$((rows / 4))
for n in "$few" "$many"; do
	crm-sample --transactions "$rows" --customers "$n" --seed 1 \
		-o "$work/of-$n.csv"
done
printf '\nMemory: %s rows of %s and of %s customers\n' "$rows" "$few" "$many"
printf '%-18s %7s %11s %11s %16s %16s\n' command threads 'MiB, few' \
	'MiB, many' '(peak-16M)/cust' 'slope/cust'
for question in tier mix summary; do
	for threads in 1 2; do
		ask "$question"
		a=$(peak "$threads" "${question_of[@]}" "$work/of-$few.csv")
		b=$(peak "$threads" "${question_of[@]}" "$work/of-$many.csv")
		awk -v a="$a" -v b="$b" -v few="$few" -v many="$many" \
			-v threads="$threads" -v name="$question" 'BEGIN {
			printf "%-18s %7d %11.1f %11.1f %16.1f %16.1f\n", name,
				threads, a / 1024, b / 1024,
				(b - 16384) * 1024 / many / threads,
				(b - a) * 1024 / (many - few) / threads }'
	done
done
echo 'The last two columns are bytes for each customer and thread.'
rm -f "$work/of-$few.csv" "$work/of-$many.csv"
