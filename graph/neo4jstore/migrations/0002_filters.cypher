// What filters look at stands with each statement: it is derived anew by RebuildIndex, and needs no index.
