source, slice, kind, key, hash, body, locator, recordedFrom
