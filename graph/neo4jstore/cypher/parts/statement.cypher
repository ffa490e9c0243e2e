s.source AS source, s.slice AS slice, s.kind AS kind, s.key AS key, s.hash AS hash, s.body AS body, s.locator AS locator, s.recordedFrom AS recordedFrom
