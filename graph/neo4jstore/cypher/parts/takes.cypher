x.actor IN ['', {{.}}.actors[i]] AND x.as IN ['', {{.}}.partAs[i]] AND x.from < {{.}}.partTo[i] AND {{.}}.partFrom[i] < x.to
