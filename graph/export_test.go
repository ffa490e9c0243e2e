package graph

// SetWalkBounds lets a test reach the bounds of walks in a small graph; 0 leaves one as it is.
func SetWalkBounds(gatherings, met, expanded, steps int) (restore func()) {
	was := [4]int{maxGatherings, maxMet, maxExpanded, maxSteps}
	for i, n := range []int{gatherings, met, expanded, steps} {
		if n > 0 {
			*[]*int{&maxGatherings, &maxMet, &maxExpanded, &maxSteps}[i] = n
		}
	}
	return func() { maxGatherings, maxMet, maxExpanded, maxSteps = was[0], was[1], was[2], was[3] }
}
