// Package gdelt reads the event tables of GDELT 2.0: what the news of a day say that actors of one state did toward those of
// another, coded by machine after CAMEO, as acts.
//
// source.go says what the source is and yields its rows, day by day; files.go knows which file is what and of which days;
// lines.go reads the raw files, which are no CSV; event.go makes an act of a row; lookups.go has the codebook as far as it is
// read (lookups.csv). README.md tells the rest.
package gdelt
