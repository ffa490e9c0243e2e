package api

import "time"

// Limits bound what one request may ask. The zero value of each is its default.
type Limits struct {
	Body       int64         // bytes of a request's body; default 1 MiB
	Tokens     int           // of a document; default 10,000
	Depth      int           // levels of selections; default 20
	Aliases    int           // in a document; default 100
	RootFields int           // of an operation, fragments expanded; default 40
	Directives int           // in a document; default 100
	Document   int           // bytes of a document; default 128 KiB
	Cost       int           // fields that an answer may come to, as docs and the schema count them; default 100,000
	Questions  int           // that an answer may put to the store; default 1,000
	Rows       int           // that an answer may take of the store; default 250,000
	Timeout    time.Duration // for one request; default 15 s
	Cache      int           // bytes that parsed documents may take; default 32 MiB
}

// withDefaults fills in what is not set.
func (l Limits) withDefaults() Limits {
	set := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.Tokens, 10_000)
	set(&l.Depth, 20)
	set(&l.Aliases, 100)
	set(&l.RootFields, 40)
	set(&l.Directives, 100)
	set(&l.Document, 128<<10)
	set(&l.Cost, 100_000)
	set(&l.Questions, 1_000)
	set(&l.Rows, 250_000)
	set(&l.Cache, 32<<20)
	if l.Body <= 0 {
		l.Body = 1 << 20
	}
	if l.Timeout <= 0 {
		l.Timeout = 15 * time.Second
	}
	return l
}
