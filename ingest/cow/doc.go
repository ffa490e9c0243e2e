// Package cow has what the datasets of the Correlates of War Project, and those made after them, share: states by their
// COW numbers on the day, the codebook of the Militarized Interstate Disputes as data (lookups.csv), dates in columns of
// their own with -9 for what is not known, and the words of titles and summaries.
//
// It promises what the rule book of sources asks: what is not understood becomes a mistake with its place, never a guess.
// It knows no file of any dataset; those are in ingest/sources.
package cow
