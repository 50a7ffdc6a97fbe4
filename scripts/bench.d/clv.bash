# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# crm-clv, from transactions to a row for each customer: the CDNOW sample where
# the shared data are, 23,570 customers, and BENCH_CLV of them.

# clv_data CUSTOMERS FILE: 78 weeks of customers who buy and leave at random, at
# rates that differ much, most of them low: squares of a uniform share. Exact
# draws from the models are the business of tests/unit.
clv_data() {
	awk -v n="$1" 'BEGIN {
		srand(1)
		print "customer_id,date,amount"
		for (i = 0; i < 546; i++)
			day[i] = strftime("%Y-%m-%d", 1672531200 + i * 86400, 1)
		for (i = 0; i < n; i++) {
			at = int(rand() * 84)
			rate = rand() ^ 2 * 0.02
			end = at - log(1 - rand()) / (rand() ^ 2 * 0.02)
			spend = 10 - 25 * log(1 - rand())
			do {
				printf "C%07d,%s,%.2f\n", i, day[int(at)],
					spend * (0.5 + rand())
				at += 1 - log(1 - rand()) / rate
			} while (at < end && at < 546)
		}
	}' >"$2"
}

# clv_times NAME TARGET COMMAND...
clv_times() {
	local name=$1 target=$2 i
	shift 2
	rm -f "$work/clv.times"
	for ((i = 0; i < runs; i++)); do
		timed clv "$@"
	done
	printf '%-30s %8s %8.3f %8.3f %9.1f\n' "$name" "$target" \
		"$(median clv 1)" "$(median clv 2)" \
		"$(awk -v k="$(median clv 3)" 'BEGIN { print k / 1024 }')"
}

clv_section() {
	local cdnow=${CRM_SHARED:-$root/../shared}/data/clv n
	printf '\ncrm-clv, medians of %s runs\n%-30s %8s %8s %8s %9s\n' \
		"$runs" what 'goal s' 'wall s' 'cpu s' 'peak MiB'
	if [ -e "$cdnow/cdnow_sample_elog.csv" ]; then
		clv_times 'CDNOW sample, BG/NBD' 0.1 crm-clv --model bgnbd \
			--col amount=dollars "$cdnow/cdnow_sample_elog.csv"
	else
		echo 'CDNOW sample: not there, left out'
	fi
	clv_data 23570 "$work/clv.csv"
	clv_times '23,570 customers, BG/NBD' 1 \
		crm-clv --model bgnbd "$work/clv.csv"
	clv_times '23,570 customers, Pareto/NBD' 2 \
		crm-clv --model pnbd "$work/clv.csv"
	n=${BENCH_CLV:-1000000}
	clv_data "$n" "$work/clv.csv"
	crm-clv summary "$work/clv.csv" >"$work/clv-summary.csv"
	crm-clv fit --model mbgnbd,gg "$work/clv-summary.csv" >"$work/clv.fit"
	clv_times "$n, MBG/NBD and spend" 10 \
		crm-clv fit --model mbgnbd,gg "$work/clv-summary.csv"
	clv_times "$n scored" 2 crm-clv predict --params "$work/clv.fit" \
		"$work/clv-summary.csv"
	clv_times "$n, all in one" 12 crm-clv --model mbgnbd "$work/clv.csv"
	rm -f "$work/clv.csv" "$work/clv-summary.csv"
}

# Not a time: do fits of ten times the tests' data find what those were drawn
# from? (tests/unit/test_recovery.c)
clv_recovery() {
	printf '\ncrm-clv, recovery of known parameters, %s times the data\n' \
		"${BENCH_RECOVERY:-10}"
	make -s -C "$root" "${build#"$root"/}/tests/test_recovery"
	RECOVERY=${BENCH_RECOVERY:-10} "$build/tests/test_recovery" || true
}

clv_section
clv_recovery
