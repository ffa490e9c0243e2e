package api

//go:generate go -C ../.. tool gqlgen generate
