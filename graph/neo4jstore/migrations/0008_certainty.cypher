// Who takes part for certain, what may be in force, and that a period is certain as long as it was observed: RebuildIndex derives them anew.
