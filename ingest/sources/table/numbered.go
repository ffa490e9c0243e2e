package usertable

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// columnRange is of columns that are numbered: c1..c91.
var columnRange = regexp.MustCompile(`^(.*?)([0-9]+)\.\.(.*?)([0-9]+)$`)

// numbered gives the columns that a text names: one, or of c1..c91 those with the numbers from one to the other.
func numbered(text string) []string {
	found := columnRange.FindStringSubmatch(text)
	if found == nil || found[1] != found[3] {
		return []string{text}
	}
	first, err := strconv.Atoi(found[2])
	last, err2 := strconv.Atoi(found[4])
	if err != nil || err2 != nil || first >= last || last-first > 1000 {
		return []string{text}
	}
	wide := 1
	if strings.HasPrefix(found[2], "0") { // 01 has two digits
		wide = len(found[2])
	}
	var all []string
	for n := first; n <= last; n++ {
		all = append(all, fmt.Sprintf("%s%0*d", found[1], wide, n))
	}
	return all
}
