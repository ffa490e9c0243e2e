// Package neo4jstore keeps the graph in a Neo4j database: the store for many processes that share one graph. It answers what
// the embedded store answers, held to the same law (graph/storetest); README.md says how the graph looks inside.
//
// Its Cypher is in cypher/, a file per question. The set of texts is finite, values are always parameters, and nothing is
// used that only the Enterprise edition has.
package neo4jstore
