package graph

import "testing"

// What is one name, what may be the same name shortened, and what is neither.
func TestPersonNames(t *testing.T) {
	const equal, agrees, neither = "equal", "agrees", "neither"
	for _, c := range []struct{ a, b, is string }{
		{"Shinzo Abe", "Shinzō Abe", equal},
		{"Shinzo Abe", "ABE Shinzo", equal},
		{"Moon Jae-in", "Jae In Moon", equal},
		{"Moon Jae-in", "Moon Jaein", equal},
		{"Kim Dae Jung", "Kim Dae-jung", equal},
		{"Prime Minister Kishida Fumio", "Fumio Kishida", equal},
		{"King Mohamed VI", "Mohammed VI", equal},
		{"Hosni Mubarak", "Husni Mubarak", agrees},
		{"Abdel Fattah al-Sisi", "Abd al-Fattah al Sisi", equal},
		{"Hassan Nasser", "Hasan Naser", equal},
		{"Lee Myung-bak", "Yi Myung-bak", equal},
		{"Ōhira Masayoshi", "Masayoshi Ohira", equal},
		{"Helmut Kohl", "Kohl, Helmut", equal},
		{"安倍晋三", "安倍 晋三", equal},
		{"박정희", "박 정희", equal},
		{"O'Brien Keith", "Keith O’Brien", equal},
		{"King Hussein I", "King Hussein", equal},
		{"Abe", "Shinzo Abe", agrees},
		{"G.W. Bush", "George W. Bush", agrees},
		{"Franklin D. Roosevelt", "Franklin Delano Roosevelt", agrees},
		{"Asif Zadari", "Asif Ali Zardari", agrees},
		{"Enrique Bolonas", "Enrique Bolanos", neither}, // two letters are other: a person decides
		{"Yasuo Fukuda", "Takeo Fukuda", neither},
		{"Park Chung Hee", "Park Geun-hye", neither},
		{"George W. Bush", "George H.W. Bush", agrees}, // so a name that agrees is never enough
		{"Mohammed V", "Mohammed VI", neither},
		{"King Abdullah II", "King Abdullah", agrees},
		{"Kim Il-sung", "Kim Jong-il", neither},
		{"George Papandreou", "Andreas Papandreou", neither},
		{"安倍晋三", "福田康夫", neither},
		{"安倍晋三", "Shinzo Abe", neither},
		{"J. Smith", "J. Jones", neither},
		{"", "Shinzo Abe", neither},
		{"King", "King Hussein", neither},
	} {
		for _, way := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			n, m := parsePersonName(way[0]), parsePersonName(way[1])
			got := neither
			switch {
			case n.equal(m):
				got = equal
			case n.agrees(m):
				got = agrees
			}
			if got != c.is {
				t.Errorf("%q and %q: %s, want %s (%v %v)", way[0], way[1], got, c.is, n.words, m.words)
			}
		}
	}
}

func TestFullNames(t *testing.T) {
	for text, want := range map[string]bool{
		"Shinzo Abe": true, "Abe": false, "President Park": false, "安倍晋三": true, "安倍": false, "박정희": true,
		"King Hassan II": true, "J. Abe": false, "": false, "Sheikh Hamad": false, "Xi Jinping": true,
	} {
		if n := parsePersonName(text); len(n.words) > 0 && n.full() != want || len(n.words) == 0 && want {
			t.Errorf("%q is full: %t, want %t", text, !want, want)
		}
	}
}
