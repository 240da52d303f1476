# What a contributor runs; automation runs the same targets.
CARGO ?= cargo

.DEFAULT_GOAL := help
.PHONY: help tools build demo demo-csharp demo-java demo-python test bindings windows dist dist-test check header bench asan valgrind clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

tools: ## install what tests and checks need and is missing (Debian packages, cargo-deny)
	@scripts/tools.sh

build: ## build library, command line and sandbox
	$(CARGO) build --workspace

demo: ## run the C demonstration against the sandbox (DEMO_BROWSER=1: approve in a browser yourself)
	@scripts/demo.sh c $(DEMO_ARGS)

demo-csharp: ## run the C# demonstration against the sandbox (DEMO_BROWSER=1: approve in a browser yourself)
	@scripts/demo.sh csharp

demo-java: ## run the Java demonstration against the sandbox (DEMO_BROWSER=1: approve in a browser yourself)
	@scripts/demo.sh java

demo-python: ## run the Python demonstration against the sandbox (DEMO_BROWSER=1: approve in a browser yourself)
	@scripts/demo.sh python

test: tools ## run every test
	$(CARGO) test --workspace --features learnerlink/failpoints
	LEARNERLINK_TEST_ENGINE=postgres $(CARGO) test --workspace --features learnerlink/failpoints --test behaviour --test conformance --test enrollment --test linkage
	$(MAKE) bindings windows dist-test

bindings: ## test the bindings against the debug library and a sandbox
	scripts/csharp-tests.sh
	scripts/python-tests.sh
	scripts/java-tests.sh

windows: ## build the DLLs for Windows, look into them, and run programs with them under Wine
	scripts/windows-tests.sh

dist: ## pack what a vendor downloads, for Linux and Windows
	scripts/dist.sh $(PLATFORMS)

dist-test: ## unpack archives (ARCHIVES, or debug ones made for this) and build and run the examples from them
	scripts/dist-tests.sh $(ARCHIVES)

check: tools ## everything a change must pass beside the tests: format, lints, docs, generated files, licences, fuzz seeds
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --features learnerlink/failpoints -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --document-private-items
	$(CARGO) run --quiet -p headergen -- --verify
	$(CARGO) deny --workspace --offline check bans licenses sources
	scripts/fuzz-smoke.sh

header: ## write header, symbol list, schemas and tables from the Rust sources
	$(CARGO) run --quiet -p headergen

bench: ## measure against the baselines and print one table
	LEARNERLINK_LIB=$$(scripts/release.sh) $(CARGO) bench -p learnerlink --bench speed

asan: ## run the C tests under the address and undefined-behaviour sanitizers
	scripts/c-tests.sh asan

valgrind: ## run the C tests under valgrind
	scripts/c-tests.sh valgrind

clean: ## remove everything that was built
	$(CARGO) clean
	rm -f demo.db demo.db-wal demo.db-shm
