x.actor IN ['', part.actor[i]] AND x.as IN ['', part.as[i]] AND x.from < part.to[i] AND part.from[i] < x.to
