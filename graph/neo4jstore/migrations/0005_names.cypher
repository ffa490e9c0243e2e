// Names are found by other terms, with a space between their parts and without: RebuildIndex derives them anew.
