# Entente. `make run` shows it, `make test` tests all of it, `make check` is for those who change it.

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -X main.version=$(VERSION)

.PHONY: help run build neo4j web contract test test-long check fmt generate lint bench bench-ask bench-go bench-load clean
.DEFAULT_GOAL := help

help: ## what one can make
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build what is missing and serve the sample (ENTENTE_ADDR, ENTENTE_STORE)
	@./entente serve --sample

build: web ## the program with its web assets: ./entente
	@$(GO) build -ldflags "$(LDFLAGS)" -o entente ./cmd/entente

web: web/dist/playground.html ## the playground's assets, by npm and Vite

web/dist/playground.html: $(shell find web/src web/tabs web/playground.html web/package.json web/package-lock.json web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)
	@command -v npm >/dev/null || { echo "npm is missing: the playground needs Node 20.19 or later (or: go build ./cmd/entente, without a playground)"; exit 1; }
	@echo "building the playground (once, about a minute)"
	@cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

contract: web/contract/node_modules/.package-lock.json ## what tests hold the GraphQL contract to clients with, by npm

web/contract/node_modules/.package-lock.json: web/contract/package.json web/contract/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: the tests of the contract need Node 20.19 or later"; exit 1; }
	@cd web/contract && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

neo4j: ## a Neo4j server in the foreground, by Java 17 (NEO4J_FLAGS="-bolt 7688 -http 7475")
	@$(GO) run ./internal/neo4jtest/neo4j $(NEO4J_FLAGS)

test: build contract ## all tests, those on a Neo4j server too; those that lack something skip and say how to get it
	@tally=$$(mktemp) && ENTENTE_TEST_NEO4J=1 ENTENTE_TEST_TALLY=$$tally $(GO) test -timeout 75m ./...; status=$$?; \
		echo "the law for stores (graph/storetest):"; sort $$tally; rm -f $$tally; exit $$status

test-long: ## with the long loops
	@ENTENTE_TEST_LONG=1 $(GO) test -timeout 60m ./...

check: web generate lint ## formatting, lint, generated code without a diff, import rules
	@git diff --exit-code --stat -- internal/api docs/schema.md clients/go go.mod go.sum || { echo "generation left a diff: commit what make generate wrote"; exit 1; }
	@$(GO) test ./internal/archtest
	@cd web && npm run --silent check

fmt: ## format everything
	@$(GO) tool -modfile=tools/go.mod golangci-lint fmt ./...

lint:
	@$(GO) tool -modfile=tools/go.mod golangci-lint run --allow-parallel-runners ./...

generate: ## write internal/api/gen, docs/schema.md and the Go client's types from schema/
	@$(GO) generate ./internal/api ./internal/reference
	@$(GO) -C clients/go generate

# What of it is measured: BENCH_MAX=100000 stops at graphs of so many participations (or loads of so many statements),
# BENCH_NEO4J=bolt://… measures that server too and empties it first, BENCH_FLAGS=-json and the like go to the
# program; bench-load loads the field's datasets first, where ENTENTE_TEST_DATA names their folder (BENCH_MAX=0: nothing
# else), and with BENCH_FLAGS=-events measures raw day files of coded events, in the layout of GDELT.
bench: bench-ask bench-go ## how long questions take, and Go's own benchmarks

bench-ask: ## how long questions take: by hand, of the store, of the graph, in GraphQL, up to 1,000,000 participations (BENCH_MAX, BENCH_NEO4J, BENCH_FLAGS)
	@$(GO) run ./internal/askbench -max $(or $(BENCH_MAX),1000000) $(if $(BENCH_NEO4J),-neo4j $(BENCH_NEO4J)) $(BENCH_FLAGS)

bench-go: ## Go's own benchmarks of the domain and the file
	@$(GO) test -run '^$$' -bench . -benchmem ./graph/...

bench-load: ## how fast, how large, in how much memory loads are, up to 2,000,000 statements (BENCH_MAX, BENCH_NEO4J, BENCH_FLAGS)
	@$(GO) run ./internal/loadbench -max $(or $(BENCH_MAX),2000000) $(if $(BENCH_NEO4J),-neo4j $(BENCH_NEO4J)) $(BENCH_FLAGS)

clean: ## remove what was built (never a store)
	@rm -rf entente web/node_modules web/contract/node_modules clients/python/.venv clients/typescript/node_modules clients/typescript/dist && git clean -fdXq web/dist
