# Reads a table; prints events (out=events) that try each event in each state
# in each role, or what must come of them (out=expected).
/^#/ { next }
{
	sub(/:$/, "", $1)
	for (i = 2; i <= NF; i++)
		word[$1, ++words[$1]] = $i
	if (words[$1] && $1 !~ /^(OPEN|CLOSED|leader|leads|way)$/)
		state[++states] = $1
}
# The pairs of a state, its class spelt out.
function learn(s, of,    i, w, p)
{
	for (i = 1; i <= words[of]; i++) {
		w = word[of, i]
		if (w in words)
			learn(s, w)
		else if (split(w, p, ">") == 2)
			next_of[s, p[1]] = p[2]
		else
			next_of[s, p[1] = substr(w, 1, length(w) - 1)] = s
		if (!(w in words) && !(p[1] in known)) {
			known[p[1]] = 1
			event[++events] = p[1]
		}
	}
}
# The event that leads from one state to another, or none.
function step(from, to,    k)
{
	for (k = 1; k <= events; k++)
		if (next_of[from, event[k]] == to)
			return event[k]
	return ""
}
# The events that bring a case into a state: straight there, or on the way.
function bring(id, s,    i, at, e)
{
	at = "-"
	for (i = 1; at != s && i <= words["way"]; i++) {
		e = step(at, s)
		if (e == "")
			e = step(at, word["way", i])
		print id "," hour(++hours) "," e ",E1,"
		at = next_of[at, e]
	}
}
function hour(h)
{
	return sprintf("2025-%02d-%02dT%02d:00:00Z", 1 + h / 672 % 12,
		1 + h / 24 % 28, h % 24)
}
END {
	for (i = 1; i <= states; i++)
		learn(state[i], state[i])
	roles = split("clerk owner supervisor manager director " \
		"general_manager stranger", role, " ")
	for (i = 1; i <= words["leads"]; i++)
		leads[word["leads", i]] = 1
	for (i = 1; i <= words["leader"]; i++)
		leader[word["leader", i]] = 1
	if (out == "events")
		print "case_id,at,event,actor,role"
	for (i = 1; i <= states; i++)
		for (k = 1; k <= events; k++)
			for (r = 0; r <= roles; r++)
				one(state[i], event[k], role[r])
}
function one(s, e, r,    id, result)
{
	id = s "/" e "/" r
	hours = 0
	if (out == "events") {
		bring(id, s)
		print id "," hour(++hours) "," e ",E2," r
		return
	}
	result = next_of[s, e]
	if (result == "")
		result = s == "-" ? "unknown-case" : "illegal-event"
	else if (r != "" && (e in leader) && !(r in leads))
		result = "forbidden-role"
	print id " " result
}
