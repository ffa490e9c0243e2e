// Engagements are found by their handles and identifiers among the terms, which are derived anew by RebuildIndex.
