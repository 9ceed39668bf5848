# The commands a person types. Each works alone on a fresh machine that has Rust (rustup), Node 20.16+ and make.
#
#   make build     the npm package, in pkg/
#   make site      the site, in www/dist
#   make demo      builds everything and serves the page
#   make test      all tests: native, wasm, package and browser
#   make firefox   what runs in a browser, in Firefox (a short part of it is in make test)
#   make desktop   tests the VS Code extension in the extension host of the desktop (installs 200 MB; not part of make test)
#   make bundlers  the package in every bundler and runtime, and the table of the READMEs (installs 700 MB; not part of make test)
#   make lint      formatting and lints, warnings are errors
#   make bench     speed, side by side with other packages and crates; BENCH="--quick" and other options are in benches/peers/run.mjs
#   make budget    whether instructions and sizes have grown (part of make test); make budget-record takes the new figures
#   make fuzz      the random tests, and the fuzzer that coverage guides, with a long budget and a fresh seed; FUZZ="--seconds 60 live" and other
#                  options are in tools/fuzz.mjs
#   make mutants   whether the tests notice each change of what splits, merges, edits and remembers (installs cargo-mutants; hours);
#                  MUTANTS="--shard 1/20" and other options are those of cargo-mutants
#   make package   the npm package as a tarball, with its contents, sizes and hashes
#   make reproducible  builds the package in two folders, with two cargo homes, and compares every byte of it
#   make crate     what crates.io would be given, as a dry run, and the pages of docs.rs (not part of make test; in a dirty tree PUBLISH=--allow-dirty)
#   make deny      licences, sources and known advisories of all crates (installs cargo-deny; not part of make test)
#   make api       docs/api, the reference of the package, from the comments in pkg/src
#   make vscode    the extension for VS Code, as a .vsix
#   make shots     takes the pictures in the READMEs anew
#   make vocab     packs the vocabularies anew from their pinned sources; VOCAB=name packs that one alone
#   make prices    refreshes data/models.toml from the pinned price packages, and says what changed
#   make estimate  fits the estimates anew, and shows how often their ranges hold the count

SHELL := /bin/bash
# One after the other, even with `make -j`, but for these.
SIDE_BY_SIDE = $(MAKE) --no-print-directory --jobs=2 IS_SIDE_BY_SIDE=1
ifndef IS_SIDE_BY_SIDE
.NOTPARALLEL:
endif
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

include tools/setup.mk

WASM := pkg/wasm/tokimeter_bg.wasm
JSON_WASM := pkg/wasm-json/tokimeter-json_bg.wasm
# A panic tells where it was raised, so a wasm file would have in it where its crates lay on the machine that built it.
REMAP := --remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src=/crates
STACK := $(REMAP) -C link-arg=-zstack-size=262144
PACK := wasm-pack build --mode no-install --target web --no-pack --release
WASM_FEATURES := simd bulk-memory nontrapping-float-to-int reference-types multivalue sign-ext mutable-globals
HF_WASM := pkg/wasm-hf/tokimeter-hf_bg.wasm
HF_FLAGS := $(REMAP) --cfg getrandom_backend="wasm_js" -C link-arg=-zstack-size=1048576 -C link-arg=--max-memory=536870912
# That which takes longest is first.
WASMS = $(HF_WASM) $(WASM) $(JSON_WASM)
# Of the library: the command line is no part of the wasm files.
RUST_SOURCES := Cargo.toml Cargo.lock $(filter-out src/main.rs src/cli.rs src/cli/%,$(shell find src -name '*.rs'))
REGISTRY := pkg/src/registry.ts
MODEL_BOOK := pkg/src/book.ts
INLINE_ENGINE := pkg/src/inline-engine.ts
PKG_COPIES := pkg/README.md pkg/LICENSE-MIT pkg/LICENSE-APACHE
# What the package ships: not what its licence keeps for those who ask for it.
VOCABS := $(filter-out data/vocab/command_r.vocab,$(wildcard data/vocab/*.vocab))
PORT ?= 8124
# Advisories are known by a repository, which not every network reaches: `make deny CHECKS=all` asks it, and so does public CI.
CHECKS ?= bans licenses sources
CARGO_DENY = $(DENY_PATH) cargo-deny --locked
# What the tests of Node and of browsers are of, and what they need besides.
MADE := site package vscode
MADE_WITH := $(CHROMIUM) $(HEADLESS) $(LIGHT_BUNDLERS)
# Tests that hold a time against a bar, wide as it is: they run when nothing else does.
TIMED := tests/browser/loading-time.test.mjs tests/browser/site-visit-large.test.mjs

.PHONY: help demo test test-firefox test-budget lint bench budget budget-record fuzz mutants package vocab prices estimate build wasm site vscode shots corpus test-native test-node test-fuzz made fuzz-targets firefox desktop bundlers reproducible api crate docs deny clean

help:
	@sed -n 's/^#   //p' Makefile

## Building

build: wasm pkg/dist/index.js pkg/bin/tokimeter.js target/.vocab pkg/NOTICE $(PKG_COPIES)

# Two at a time, since wasm-opt uses one processor.
wasm:
	@$(SIDE_BY_SIDE) $(WASMS)

# $(call wasm,FLAGS,FEATURES,OPT_LEVEL,TARGET_DIR): a wasm file and its glue, which can start a fresh instance after a trap. wasm-pack
# has no word for the option that makes such glue, so wasm-bindgen writes it once more.
define wasm
	$(TOOL_PATH) RUSTFLAGS='$1' CARGO_PROFILE_RELEASE_OPT_LEVEL=$3 CARGO_TARGET_DIR=$4 \
	    $(PACK) --out-dir $4/pack . -- --locked --no-default-features --features '$2'
	$(TOOL_PATH) wasm-bindgen --target web --omit-default-module-path --experimental-reset-state-function \
	    --out-dir $(@D) --out-name $(@F:_bg.wasm=) $4/wasm32-unknown-unknown/release/tokimeter.wasm
	node tools/glue.mjs $(@:_bg.wasm=.js)
endef
OPTIMIZE := npx wasm-opt $(addprefix --enable-,$(WASM_FEATURES)) --strip-producers --strip-target-features
# Each turn makes the engine's download 0.1 to 0.3 % smaller, and its speed is the same. What is called often gets a short number.
SMALL := -O3 -Oz --flatten --rereloop -Oz --converge --flatten --rereloop -Oz --converge -Oz --reorder-locals --reorder-functions

$(WASM): $(RUST_SOURCES) tools/glue.mjs | $(WASM_TOOLS) $(NODE_MODULES)
	$(call wasm,-C llvm-args=--inline-threshold=3 $(STACK),,2,target)
	$(OPTIMIZE) $(SMALL) $@ -o $@

# Fast rather than small: it does all the work of reading a file, once. A higher threshold makes it larger, and no faster.
$(JSON_WASM): $(RUST_SOURCES) tools/glue.mjs | $(WASM_TOOLS) $(NODE_MODULES)
	$(call wasm,-C llvm-args=--inline-threshold=100 $(STACK),json,3,target/json)
	$(OPTIMIZE) -O3 $@ -o $@

# Small rather than fast: it is fetched only for a file that the engine does not take. Its memory has an end. All turns of SMALL
# would save another 1 % of it, and take three minutes.
$(HF_WASM): $(RUST_SOURCES) tools/glue.mjs | $(WASM_TOOLS) $(NODE_MODULES)
	$(call wasm,$(HF_FLAGS),hf,s,target/hf)
	$(OPTIMIZE) -Oz $@ -o $@

$(REGISTRY): tools/registry.mjs data/encodings.toml data/vocab.toml $(VOCABS) | $(NODE_MODULES)
	node $<

$(MODEL_BOOK): tools/book.mjs $(wildcard tools/book/*.mjs) data/models.toml | $(NODE_MODULES)
	node $<

$(INLINE_ENGINE): tools/inline.mjs $(WASM) | $(NODE_MODULES)
	node $<

pkg/dist/index.js: $(REGISTRY) $(MODEL_BOOK) $(INLINE_ENGINE) $(wildcard pkg/src/*.ts pkg/src/*/*.ts) pkg/tsconfig.json tsconfig.base.json $(WASM) $(JSON_WASM) $(HF_WASM) | $(NODE_MODULES)
	rm -rf pkg/dist
	npx tsc -p pkg

pkg/bin/tokimeter.js: tools/command.mjs $(wildcard pkg/src/cli/*.ts) shared/gitignore/rules.ts | $(NODE_MODULES)
	node $<

target/.vocab: $(VOCABS)
	rm -rf pkg/vocab
	mkdir -p pkg/vocab target
	cp $(VOCABS) pkg/vocab/
	touch $@

pkg/NOTICE: data/vocab.toml Cargo.toml Cargo.lock tools/notice.mjs $(wildcard tools/notice/*.mjs) | $(NODE_MODULES)
	node tools/notice.mjs > $@

$(PKG_COPIES): pkg/%: %
	cp $< $@

site: build
	npm run --silent -w www build

demo: site
	@echo
	@echo "  Tokimeter is at http://localhost:$(PORT)/ (stop with Ctrl+C)"
	npm run --silent -w www preview -- --port $(PORT) --strictPort

shots: site | $(CHROMIUM)
	CHROMIUM=$(CHROMIUM_PATH) node tools/shots.mjs

vscode: build | $(VSCE)
	node tools/vscode.mjs
	cd target/vscode && $(abspath tools/vsce/node_modules/.bin/vsce) package --no-dependencies --allow-missing-repository --out ../tokimeter-vscode.vsix

# $(call api,FOLDER)
api = cd pkg && ../tools/api/node_modules/.bin/typedoc --logLevel Warn --options ../tools/api/typedoc.config.mjs --out $1

api: build | $(TYPEDOC)
	$(call api,../docs/api)

package: build
	cd pkg && npm pack --silent --pack-destination ../target
	node tools/sizes.mjs

reproducible: | $(WASM_TOOLS)
	node tools/reproducible.mjs

vocab:
	cargo run --release --locked --example vocab -- $(VOCAB)
	$(if $(VOCAB),,cargo run --release --locked --example claude)

prices: | $(NODE_MODULES)
	node tools/prices.mjs

estimate: corpus
	cargo run --release --locked --example estimate

## Checking

lint: build docs | $(TYPEDOC)
	cargo fmt --check
	cargo fmt --check --manifest-path benches/native/Cargo.toml
	cargo fmt --check --manifest-path benches/budget/Cargo.toml
	cargo fmt --check --manifest-path fuzz/Cargo.toml
	cargo clippy --locked --all-targets --features hf -- -D warnings
	cargo clippy --locked --target wasm32-unknown-unknown --lib --no-default-features --features json -- -D warnings
	cargo clippy --locked --target wasm32-unknown-unknown --lib --no-default-features -- -D warnings
	RUSTFLAGS='$(HF_FLAGS)' cargo clippy --locked --target wasm32-unknown-unknown --lib --no-default-features --features hf -- -D warnings
	npx biome check --error-on-warnings .
	npx tsc -p pkg --noEmit
	npx tsc -p pkg/src/cli
	npm run --silent -w www check
	npx tsc -p editors/vscode
	$(call api,../target/api)
	diff -r docs/api target/api || { echo "docs/api is not of the comments in pkg/src any more: make api"; exit 1; }

crate: docs
	cargo package --locked --no-verify $(PUBLISH)
	@if [[ -n "$$(find target/package -maxdepth 1 -name '*.crate' -size +10000k)" ]]; then echo "crates.io takes no crate above 10 MB"; exit 1; fi
	cargo publish --dry-run --locked $(PUBLISH)

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --lib
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --lib --features hf

deny: | $(DENY)
	$(CARGO_DENY) check --allow license-exception-not-encountered --hide-inclusion-graph $(CHECKS)
	$(CARGO_DENY) --manifest-path benches/budget/Cargo.toml --config deny.toml check --allow unmatched-skip --allow license-exception-not-encountered --hide-inclusion-graph $(CHECKS)
	$(CARGO_DENY) --manifest-path fuzz/Cargo.toml --config deny.toml check --allow unmatched-skip --hide-inclusion-graph $(CHECKS)
	$(CARGO_DENY) --manifest-path benches/native/Cargo.toml --config benches/native/deny.toml check --hide-inclusion-graph $(CHECKS)

# What is made for the second step, in programs of one thread most of all, is made beside the first: two at a time, as in `wasm`.
test:
	@$(SIDE_BY_SIDE) --jobs=3 test-native made
	@$(SIDE_BY_SIDE) IS_MADE=1 test-node
	@$(SIDE_BY_SIDE) --jobs=3 --output-sync=recurse test-firefox test-budget fuzz-targets
	@$(MAKE) --no-print-directory test-fuzz

# Without the examples, which the lints check.
test-native: corpus | $(RUST_TARGET)
	cargo test --locked --features hf --lib --tests
	cargo test --locked --features hf --doc

# One after the other again, for all of them ask for the same.
made: $(WASMS)
	@$(MAKE) --no-print-directory IS_SIDE_BY_SIDE= $(MADE) $(MADE_WITH)

# What takes longest is first, so that none is left alone at the end.
test-node: $(if $(IS_MADE),,test-native $(MADE)) | $(MADE_WITH)
	CHROMIUM=$(HEADLESS_PATH) node --test --test-concurrency=3 --test-timeout=600000 $(filter-out $(TIMED),$(wildcard $(addsuffix /*.test.mjs,$(addprefix tests/,browser package wasm cli book house))))
	CHROMIUM=$(CHROMIUM_PATH) node --test --test-concurrency=1 --test-timeout=600000 $(TIMED)

# Of what test-node has made. Both at once: each waits for itself half of the time.
test-firefox: | $(FIREFOX)
	FIREFOX=$(FIREFOX_PATH) node tests/firefox.mjs --core

test-budget: | $(VALGRIND)
	node tools/budget.mjs

firefox: test-native $(MADE) | $(FIREFOX) $(LIGHT_BUNDLERS)
	FIREFOX=$(FIREFOX_PATH) node tests/firefox.mjs

# Built, and not yet run.
fuzz-targets: | $(CXX_COMPILER) $(NODE_MODULES)
	node tools/fuzz.mjs --jobs 0

# All at once, so that none is left alone with the second processor: a minute of the processor each, where there are two.
test-fuzz: | $(CXX_COMPILER) $(NODE_MODULES)
	node tools/fuzz.mjs --seconds 145 --jobs 5

# The extension host of the desktop is a Node process; the server of VS Code has the same one.
desktop: vscode | $(CODE_SERVER)/node_modules $(CHROMIUM)
	CHROMIUM=$(CHROMIUM_PATH) CODE_SERVER=$(CODE_SERVER) node --test tests/desktop/*.test.mjs

bundlers: package | $(BUNDLERS) $(CHROMIUM) $(FIREFOX)
	CHROMIUM=$(CHROMIUM_PATH) FIREFOX=$(FIREFOX_PATH) node tests/bundlers/run.mjs
	npx biome format --write tests/bundlers/results.json

fuzz: corpus build | $(CXX_COMPILER) $(HEADLESS) $(CHROMIUM)
	SEED=$${SEED:-$$(date +%s)} CASES=$${CASES:-10000000} FLIPS=$${FLIPS:-10000000} LENGTH=$${LENGTH:-6} cargo test --locked --features hf --test native -- --nocapture exact:: hostile:: live:: vocab:: hf::
	CHROMIUM=$(HEADLESS_PATH) CASES=$${CASES:-4000} node --test --test-concurrency=1 --test-name-pattern='random' $(addprefix tests/browser/,attach.test.mjs codemirror-edits.test.mjs monaco.test.mjs prosemirror.test.mjs)
	CASES=10000 node --test tests/wasm/chat.test.mjs
	CASES=100000 node --test tests/wasm/equal.test.mjs
	SEED=$${SEED:-$$(date +%s)} CASES=$${CASES:-5000000} cargo test --locked --test native -- --nocapture json::mutated
	node tools/fuzz.mjs --seconds 3600 --keep target/fuzz --minimize $(FUZZ)

# The few texts of each kind here kill most in seconds. A mutant that loops is given up soon.
mutants: corpus | $(MUTANTS_TOOL)
	$(MUTANTS_PATH) CORPUS=$(CURDIR)/target/corpus CASES=$${CASES:-500} LENGTH=2 STEP=1000 cargo mutants --output target --timeout 60 $(MUTANTS)

# Hours, if nothing is left out. What keystrokes cost natively is `cargo bench`.
bench: corpus build | $(CHROMIUM) $(PEERS) $(VALGRIND)
	CHROMIUM=$(CHROMIUM_PATH) node benches/peers/run.mjs $(BENCH)

budget: corpus package test-budget

budget-record: corpus package | $(VALGRIND)
	node tools/budget.mjs --record

corpus: target/corpus/.stamp target/samples/.stamp

target/corpus/.stamp: tools/corpus.mjs $(wildcard tools/corpus/*.mjs)
	node tools/corpus.mjs
	touch $@

target/samples/.stamp: tools/samples.mjs target/corpus/.stamp
	node tools/samples.mjs
	touch $@

clean:
	rm -rf target pkg/bin pkg/dist pkg/src/registry.ts pkg/src/integrity.ts pkg/src/book.ts pkg/src/inline-engine.ts pkg/src/special-tokens.ts pkg/wasm pkg/wasm-json pkg/wasm-hf pkg/vocab pkg/NOTICE $(PKG_COPIES) www/dist node_modules
