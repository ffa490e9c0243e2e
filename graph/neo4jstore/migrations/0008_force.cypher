// Who takes part for certain, and what may be in force: RebuildIndex derives them anew.
