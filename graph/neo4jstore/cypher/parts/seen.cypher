{{.}}.recordedFrom <= $load AND {{.}}.recordedTo > $load
