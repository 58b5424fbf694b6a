package drawing

// A piece is copied only if it is written as every reader of XML (and of HTML) understands it: names of ASCII letters, each value in quotes.

// plainStart reports whether raw is an opening tag in plain form.
func plainStart(raw []byte) bool {
	i := name(raw, 1)
	for i > 0 {
		j := blanks(raw, i)
		if rest := string(raw[min(j, len(raw)):]); rest == ">" || rest == "/>" {
			return true
		}
		if j == i { // attributes are kept apart
			return false
		}
		if i = name(raw, j); i == 0 {
			return false
		}
		if i = blanks(raw, i); i >= len(raw) || raw[i] != '=' {
			return false
		}
		if i = blanks(raw, i+1); i >= len(raw) || raw[i] != '"' && raw[i] != '\'' {
			return false
		}
		quote := raw[i]
		for i++; ; i++ {
			if i >= len(raw) || raw[i] == '<' {
				return false
			}
			if raw[i] == quote {
				break
			}
		}
		i++
	}
	return false
}

// plainEnd reports whether raw is a closing tag in plain form.
func plainEnd(raw []byte) bool {
	if len(raw) < 4 || raw[1] != '/' {
		return false
	}
	i := name(raw, 2)
	return i > 0 && blanks(raw, i) == len(raw)-1
}

// name returns the end of the name, with or without a prefix, that begins at i, 0 if there is none.
func name(raw []byte, i int) int {
	for part := 0; part < 2; part++ {
		start := i
		for i < len(raw) && (letter(raw[i]) || i > start && (raw[i] == '-' || raw[i] == '.' || '0' <= raw[i] && raw[i] <= '9')) {
			i++
		}
		if i == start {
			return 0
		}
		if i >= len(raw) || raw[i] != ':' {
			return i
		}
		i++
	}
	return 0
}

func letter(b byte) bool { return b == '_' || 'a' <= b|0x20 && b|0x20 <= 'z' }

// blanks returns the first place from i on that is not blank.
func blanks(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\t' || raw[i] == '\r' || raw[i] == '\n') {
		i++
	}
	return i
}
