#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# System calls that fail under a program that reads rows and writes rows (by
# strace's fault injection): exit 1 and one message, an earlier output as it
# was, nothing left beside; a call that was only interrupted is made again.
#
#	tests/faults/output.sh BINDIR
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

{
	echo customer_id,date,amount
	seq -f 'C%06.0f,2025-10-03,12.50' 3000
} >good.csv
sed '5s/2025-10/never/' good.csv >bad.csv
crm-tier good.csv >wanted.csv
mkdir out

# run EXPRESSION COMMAND...: traced, with the fault.
run() {
	local expression=$1
	shift
	status=0
	strace -f -qq -o trace -e "$expression" "$@" >stdout 2>stderr || status=$?
}

# fails WHAT CAUSE: so did the last run, which wrote to out/o.csv.
fails() {
	is "$1: exit status" "$status" 1
	is "$1: one message" "$(wc -l <stderr)" 1
	is "$1: names the cause" "$(grep -ciE "$2" stderr)" 1
	is "$1: the earlier file stands" "$(cat out/o.csv 2>&1)" earlier
	is "$1: nothing beside" "$(find out -mindepth 1 | sort | tr '\n' ' ')" \
		'out/o.csv '
	echo earlier >out/o.csv
}

echo earlier >out/o.csv
for error in ENOSPC EIO EDQUOT EFBIG; do
	case $error in
	ENOSPC) cause='no space' ;;
	EIO) cause='input/output' ;;
	EDQUOT) cause=quota ;;
	*) cause='too large' ;;
	esac
	for call in write fsync rename; do
		run "inject=$call:error=$error:when=1" \
			crm-tier good.csv -o out/o.csv
		fails "$call gives $error" "$cause"
	done
	run "inject=write:error=$error:when=1" crm-tier good.csv
	is "standard output gives $error: exit status" "$status" 1
	is "standard output gives $error: one message" \
		"$(grep -ciE "$cause" stderr)" 1
	run "inject=write:error=$error:when=1" \
		crm-tier bad.csv --rejects out/r.csv -o /dev/null
	is "rejects give $error: exit status" "$status" 1
	rm -f out/r.csv
done
run inject=fchmod:error=EPERM crm-tier good.csv -o out/o.csv
fails 'the mode cannot be set' 'not permitted'

# Interrupted is not failed.
for error in EINTR EAGAIN; do
	run "inject=write:error=$error:when=1..3" crm-tier good.csv -o out/o.csv
	is "writing gives $error: exit status" "$status" 0
	is "writing gives $error: all is there" \
		"$(cmp out/o.csv wanted.csv 2>&1)" ''
done
echo earlier >out/o.csv

# A file that cannot be read is not a file that ended.
reading() {
	status=0
	strace -f -qq -o trace -P "$PWD/good.csv" \
		-e "inject=read,pread64,mmap:error=$1:when=$2" \
		crm-tier "$PWD/good.csv" -o out/o.csv >stdout 2>stderr || status=$?
}
reading EIO 1
fails 'the first read gives EIO' 'input/output'
reading EIO 2
fails 'the second read gives EIO' 'input/output'
reading EINTR 1
is 'reading gives EINTR: exit status' "$status" 0
is 'reading gives EINTR: all is there' "$(cmp out/o.csv wanted.csv 2>&1)" ''
echo earlier >out/o.csv

# Memory runs out at each of the calls that ask the kernel for some, once the
# loader is done (with the unmapping of its cache) and the program has begun.
if grep -q __asan_init "$bin/crm-tier"; then
	skip 'a sanitizer has its own memory'
else
	strace -f -qq -e trace=brk,mmap,mremap,munmap -o trace \
		crm-tier good.csv -o out/o.csv
	loader=$(sed '/munmap/q' trace | grep -cE '(brk|mmap|mremap)\(')
	calls=$(grep -cE '(brk|mmap|mremap)\(' trace)
	echo earlier >out/o.csv
	wrong='' survived=0
	for k in $(seq "$((loader + 1))" "$calls"); do
		run "inject=brk,mmap,mremap:error=ENOMEM:when=$k+" \
			crm-tier good.csv -o out/o.csv
		case $status in
		0)
			survived=$((survived + 1))
			cmp -s out/o.csv wanted.csv || wrong+=" $k:output"
			echo earlier >out/o.csv
			;;
		1)
			[ -s stderr ] || wrong+=" $k:silent"
			[ "$(<out/o.csv)" = earlier ] || wrong+=" $k:file"
			;;
		*) wrong+=" $k:status=$status" ;;
		esac
	done
	is 'memory runs out at each call: what went wrong' "$wrong" ''
	is 'some memory is needed' "$((survived < calls - loader))" 1
	is 'nothing is left beside' "$(find out -mindepth 1)" out/o.csv
fi
finish
