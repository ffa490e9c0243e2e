package api

// Resolver is the root of all resolvers. It holds nothing: what resolvers need lives with the request (request.go).
type Resolver struct{}
