// A period is certain as long as it was observed: RebuildIndex derives its bounds anew.
