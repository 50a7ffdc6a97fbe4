# Draws cases and what becomes of them, and counts every minute of each: the
# events go to EVENTS, the due time and the working minutes of each case to
# standard output. Nothing is shared with the program but the list of
# holidays, which is read first.

function random(n) {	# Lehmer's generator, exact in doubles
	seed = seed * 16807 % 2147483647
	return seed % n
}

# Minutes since 2025-09-22 00:00, a Monday, as a time of day in China.
function stamp(m,    day, month, length_of) {
	day = 22 + int(m / 1440)
	for (month = 9; day > (length_of = month == 9 || month == 11 ? 30 : 31);
	     month++)
		day -= length_of
	return sprintf("2025-%02d-%02dT%02d:%02d:00+08:00", month, day,
		       int(m % 1440 / 60), m % 60)
}

function works(m,    day, hour) {
	day = substr(stamp(m), 1, 10)
	hour = int(m % 1440 / 60)
	if (hour < 9 || hour == 12 || hour >= 18)
		return 0
	if (day in kind)
		return kind[day] == "workday"
	return int(m / 1440) % 7 < 5
}

function happen(m, event, severity) {
	print id "," stamp(m) "," event ",E1," severity >EVENTS
}

function history(    m, step, waiting, paused, severity, used, working, n,
		 left, closed, limit, now, late, due) {
	m = random(25 * 1440)
	severity = 1 + random(5)
	happen(m, "receive", severity)
	delete at_used
	used = 0
	closed = 0
	for (step = 1 + random(8); step >= 0; step--) {
		for (left = step ? random(3000) : LAST - m; left > 0; left--) {
			if (!waiting && !paused && !closed && office[m])
				at_used[++used] = m + 1
			m++
		}
		if (step == 0)
			break
		n = random(5)
		now = ""
		if (n == 0 && severity < 5)
			now = ++severity
		if (n == 1) {
			waiting = !waiting
			paused = 0
			happen(m, waiting ? "ask" : "answer", now)
		} else if (n == 2) {
			paused = !paused
			happen(m, paused ? "pause" : "resume", now)
		} else if (n == 3 && random(2)) {
			happen(m, "finish", now)
			closed = m
			break
		} else {
			happen(m, "note", now)
		}
	}
	limit = within[severity]
	working = used
	if (closed)		# how it would have gone on
		for (; used < limit; m++)
			if (office[m])
				at_used[++used] = m + 1
	due = late = ""
	if (limit in at_used) {
		due = stamp(at_used[limit])
		late = (closed ? closed : LAST) > at_used[limit] ? "yes" : "no"
	}
	print id "," due "," late "," working
}

NR > 1 {
	split($0, cell, ",")
	kind[cell[1]] = cell[2]
}

END {
	seed = 20251122
	split("2400 1440 480 240 30", within, " ")
	LAST = 80 * 1440		# the end of 2025-12-10
	for (m = 0; m < 110 * 1440; m++)
		office[m] = works(m)
	print "case_id,at,event,actor,severity" >EVENTS
	for (c = 1; c <= 300; c++) {
		id = sprintf("K%03d", c)
		history()
	}
}
