# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Cost by the number of rows, a tenth as many customers: CPU seconds, and the
# exponent, which is the slope of their logarithms (1: twice the rows cost
# twice as much).
rm -f "$work"/*.line
for n in ${BENCH_LINE:-1000000 10000000}; do
	has_room "$((n * 75 >> 20))" "$n rows" || continue
	sample "$n" "$work/line.csv"
	for question in tier mix summary; do
		ask "$question"
		rm -f "$work"/*.times
		for ((i = 0; i < 3; i++)); do
			timed line "${question_of[@]}" -j2 "$work/line.csv"
		done
		echo "$n $(least line 1) $(least line 2) $(median line 3)" \
			>>"$work/$question.line"
	done
	rm -f "$work/line.csv"
done
printf '\nBy the number of rows, 2 threads: the least of 3 runs\n'
for question in tier mix summary; do
	[ -e "$work/$question.line" ] || continue
	awk -v name="$question" '
		{
			printf "%-10s %11d rows %8.3f s wall %8.3f s CPU %9.1f MiB\n",
				name, $1, $2, $3, $4 / 1024
			x = log($1)
			y = log($3)
			n++
			sx += x
			sy += y
			sxx += x * x
			sxy += x * y
		}
		END {
			if (n > 1)
				printf "%-10s exponent %.3f\n", name,
					(n * sxy - sx * sy) / (n * sxx - sx * sx)
		}' "$work/$question.line"
done
