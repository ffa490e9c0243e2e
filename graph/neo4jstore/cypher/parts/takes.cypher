(x.anybody OR x.actor = {{.}}.actors[i]) AND (x.as = '' OR x.as = {{.}}.partAs[i]) AND x.from < {{.}}.partTo[i] AND {{.}}.partFrom[i] < x.to
