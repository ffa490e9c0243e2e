// Entente keeps a knowledge graph of diplomatic relations and answers questions about relations over time.
//
//	entente serve --sample                          the sample, in a GraphQL playground
//	entente ask dyad JPN KOR --topic defense        how a tie developed, with citations
//	entente ask actor KOR                           who an actor is
//	entente ask engagement KEY                      what an agreement, dispute, meeting or act was
//	entente ask search TEXT                         keys, by names and titles
//	entente ingest SOURCE [PATH...]                 load files, folders, zips; --dry-run shows what would change
//	entente sources                                 what is in the store and what it covers; what can be ingested
//	entente loads                                   what was loaded, when; what is being loaded
//	entente quarantine [LOAD]                       what a load did not understand; --csv prints it to be mended
//	entente resume                                  go on with the load that was broken off
//	entente discard                                 take back what a load wrote that was broken off
//	entente undo LOAD                               restore what was before a load, by a new one
//	entente erase KEY...                            remove what is said of a key from every load, for good
//	entente copy --from STORE --to STORE            copy every load to another store, and compare
//	entente rebuild-index                           derive the index rows anew from the statements
//	entente digest                                  a hash of all that the graph holds
//	entente config                                  every setting, its value and where it came from
//	entente schema                                  the GraphQL schema, for tools that make code of it
//	entente sample                                  load the sample and end
//	entente health                                  ask an entente that serves whether it can answer
//	entente version                                 which program this is
//	entente completion SHELL                        completion for bash, zsh, fish and PowerShell
//
// Every command says more with --help.
//
// # Settings
//
// A setting is taken from its flag, else from a variable of the environment, else from a YAML file (--config,
// ENTENTE_CONFIG, or entente.yaml where it is there), else from its default. The store is --store or
// ENTENTE_STORE, the address --addr or ENTENTE_ADDR; entente config lists them all.
//
// # The store
//
// A store is a file, or the address of a Neo4j server: neo4j://host:7687, neo4j+s:// where it is encrypted, neo4j+ssc://
// where it is and nobody vouches for the certificate; bolt, bolt+s and bolt+ssc for a single server. Who opens it is
// neo4j.user; the password is in ENTENTE_NEO4J_PASSWORD or in the file that neo4j.password-file names, never in a flag, the
// address or the file of settings, and never shown.
//
// With a server, serve answers from its start on: until the server does, questions get 503 or UNAVAILABLE and /readyz says
// so, for as long as neo4j.wait; then, or where waiting would not help (a wrong password), it ends with an error.
//
// # The graph as it was
//
// Every load has a number, and the graph can be asked as it was known after each: --load N, or --known-at DAY.
// That is knowledge; --as-of DAY is the world: what held on that day. The two go together:
//
//	entente ask dyad JPN KOR --topic defense --as-of 2019-06-01 --load 2
//
// # The life of a load
//
// A load becomes visible whole or not at all. What it does not understand of a dataset is kept in its quarantine, to be
// mended and loaded alone (ingest --amend). Broken off, it stays open until it is resumed or discarded. One that turns
// out wrong is undone. docs/loads.md tells it with examples.
//
// # Output
//
// Answers go to standard output, what is said about the work to standard error. On a terminal, tables fit its width
// and have colours (NO_COLOR turns them off); elsewhere lines are as long as they are, unless COLUMNS says how long.
// With --json the answer is JSON.
//
// # Exit codes
//
// 0 for success, 1 for an error, 2 for a command line that is not understood, 130 for a command that was interrupted.
// Errors are one line that begins with "entente:", or for mistakes in files a line each, file:line:column first, and
// nothing was loaded. With --json, the commands that change the store print errors as JSON too.
package main
