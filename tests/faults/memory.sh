#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Memory runs out at each allocation in turn (in longer runs at some of them),
# once and for good, under small runs of programs: exit 1 and a message, or the
# right result where the program could do without; never a signal; an earlier
# output as it was, nothing left beside.
#
#	tests/faults/memory.sh BINDIR
source=$(cd "$(dirname "$0")" && pwd)/failing_malloc.c
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
if grep -q __asan_init "$bin/crm-tier"; then
	skip 'a sanitizer has its own memory'
	finish
fi
read -ra cc <<<"${CC:-cc}"	# it may be of two words, as "ccache gcc"
if ! "${cc[@]}" -shared -fPIC -O1 -D_GNU_SOURCE -o failing.so "$source" \
	2>compiler; then
	skip 'the failing allocator cannot be built here'
	finish
fi

{
	echo customer_id,date,amount,note,vin
	for i in 1 2 3 4 5 6 7 8 9; do
		echo "C$i,2025-10-0$i,12.50,\"a \"\"b\"\" c\",V$i"
	done
} >good.csv
sed '5s/2025-10/never/; 7s/,[^,]*$//; 9s/$/"/' good.csv >bad.csv
for i in 1 2 3 4 5; do
	printf '{"customer_id":"C%s","date":"2025-10-0%s","amount":12.5,' $i $i
	echo '"note":"a \"b\"","more":[1, {"a": 2}]}'
done >good.ndjson
{ echo '['; sed '$!s/$/,/' good.ndjson; echo ']'; } >good.json
{
	echo vin,city
	for i in 1 3 5 7 9; do echo "V$i,\"City \"\"$i\"\"\""; done
} >cars.csv
mkdir out
shopt -s nullglob dotglob

# Several thousand runs: from here on the shell starts the programs alone.

# content FILE VARIABLE
content() {
	IFS= read -r -d '' "$2" <"$1" || true
}

# under K [ON] COMMAND...: the allocation K fails, or all from it on.
under() {
	if [ -n "$2" ]; then export FAIL_ON=1; else unset FAIL_ON; fi
	status=0
	FAIL_AT=$1 LD_PRELOAD=$PWD/failing.so "${@:3}" >stdout 2>stderr ||
		status=$?
}

# judge WHERE: whether the run ended as it should.
judge() {
	local output message rejects='' left
	content out/o output
	content stderr message
	left=(out/*)
	case $status in
	0) [ "$output" = "$wanted" ] || wrong+=" $1:output" ;;
	1)
		[[ $message = *[!$'\n']$'\n' && ${message%?} != *$'\n'* ]] ||
			wrong+=" $1:message"
		[ "$output" = $'earlier\n' ] || wrong+=" $1:file"
		died=$((died + 1))
		;;
	*) wrong+=" $1:status=$status" ;;
	esac
	if [ -e out/r ]; then
		content out/r rejects
		[ "${rejects:0:5}" = file, ] || wrong+=" $1:rejects"
	fi
	[[ ${left[*]} = out/o || ${left[*]} = 'out/o out/r' ]] ||
		wrong+=" $1:left ${left[*]}"
	[ "${left[*]}" = out/o ] || rm -rf out/*
	echo earlier >out/o
}

# survey WHAT COMMAND...: COMMAND writes to out/o. `every` allocations.
survey() {
	local what=$1 wanted calls k wrong='' died=0
	shift
	rm -rf out/*
	LD_PRELOAD="$PWD/failing.so" FAIL_COUNT=$PWD/count "$@" >stdout 2>stderr
	is "$what: without a fault" "$(<stderr)" ''
	content out/o wanted
	rm -f out/r
	echo earlier >out/o
	calls=$(<count)
	for ((k = 1; k <= calls; k += ${every-1})); do
		under "$k" '' "$@"
		judge "$k"
		under "$k" on "$@"
		judge "$k+"
	done
	is "$what: what went wrong" "$wrong" ''
	is "$what: the program needs memory" "$((died > calls / ${every-1} / 2))" 1
}

survey 'CSV' crm-tier -j 1 -o out/o -t csv good.csv
survey 'CSV, two threads' crm-tier -j 2 -o out/o -t csv good.csv
survey 'rejects' crm-tier -j 1 --rejects out/r -o out/o -t json bad.csv
survey 'NDJSON' crm-tier -j 1 -o out/o -t table good.ndjson
survey 'an array' crm-tier -j 1 -o out/o -t ndjson good.json
survey 'options' crm-tier -j 1 -o out/o -t markdown --with cars.csv --by city \
	--where 'note>=a' --where 'amount<100' --period 2025-10 \
	--summary-by-tier good.csv
printf 'lead_id,created_on,need,customer_id\nL1,2025-10-01,yes,\nL2,2025-10-01,,C8\n' >leads.csv
crm-tier --until 2025-10-05 --purchases -o then.csv good.csv
every=3 survey 'leads and movement' crm-tier -j 1 -o out/o -t csv \
	--leads leads.csv --moves then.csv --movers good.csv
every=3 survey 'a period before' crm-tier -j 1 -o out/o -t csv \
	--measure days --moves-from 2025-10-04 good.csv
printf 'kind,margin_pct\n*,30\n' >margins.csv
printf 'contact_id,at,customer_id,channel\nN1,2025-10-01,C1,phone\n' >contacts.csv
printf 'case_id,at,customer_id,severity\nK1,2025-10-01,C1,2\n' >cases.csv
printf 'customer_id,potential,bargaining,cooperation\nC1,1,2,3\nC2,2,3,5\n' >rated.csv
every=5 survey 'rfm' crm-tier -j 1 -o out/o -t csv \
	--scheme rfm --save-cuts saved.csv good.csv
every=5 survey 'metals' crm-tier -j 1 -o out/o -t csv --scheme metal \
	--margins margins.csv --contacts contacts.csv --complaints cases.csv good.csv
every=5 survey 'key accounts' crm-tier -j 1 -o out/o -t csv \
	--scheme key --customers rated.csv good.csv
survey 'an import' crm-import table -o out/o -t csv good.csv
crm-sample --quiet --customers 3 --months 2 -o sample >made
every=17 survey 'a workbook' crm-import table -o out/o -t csv sample/*.xlsx
every=17 survey 'a stream' crm-import transactions -j 1 -o out/o -t csv sample/*.csv
finish
