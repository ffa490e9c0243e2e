{actor: {{.}}.actors, plays: {{.}}.partRoles, side: {{.}}.partSides, as: {{.}}.partAs, from: {{.}}.partFrom, to: {{.}}.partTo, sureFrom: {{.}}.sureFrom, sureTo: {{.}}.sureTo}
