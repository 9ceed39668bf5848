# What the build needs besides Rust, Node and make, each installed when it is missing: first what is on the PATH,
# then the quick way, then the way that works without anything but the registries.

WASM_BINDGEN_VERSION := $(shell sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)
WASM_PACK_VERSION := 0.15.1
DENY_VERSION := 0.20.2
MUTANTS_VERSION := 25.3.1
# The last one that npm installs on Node 20.
CODE_SERVER_VERSION := 4.100.3

# Tools that are built here are kept for all checkouts, by version.
TOOL_CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tokimeter
TOOLS := $(TOOL_CACHE)/wasm-bindgen-$(WASM_BINDGEN_VERSION)
TOOL_PATH := PATH="$(TOOLS)/bin:$$PATH"
DENY_TOOLS := $(TOOL_CACHE)/cargo-deny-$(DENY_VERSION)
DENY_PATH := PATH="$(DENY_TOOLS)/bin:$$PATH"
MUTANTS_TOOLS := $(TOOL_CACHE)/cargo-mutants-$(MUTANTS_VERSION)
MUTANTS_PATH := PATH="$(MUTANTS_TOOLS)/bin:$$PATH"

STAMPS := target/.setup
RUST_TARGET := $(STAMPS)/rust-target
WASM_BINDGEN := $(STAMPS)/wasm-bindgen-$(WASM_BINDGEN_VERSION)
WASM_PACK := $(STAMPS)/wasm-pack-$(WASM_PACK_VERSION)
WASM_TOOLS := $(WASM_BINDGEN) $(WASM_PACK)
NODE_MODULES := node_modules/.package-lock.json
PEERS := benches/peers/node_modules/.package-lock.json
VSCE := tools/vsce/node_modules/.package-lock.json
TYPEDOC := tools/api/node_modules/.package-lock.json
CODE_SERVER := $(STAMPS)/code-server-$(CODE_SERVER_VERSION)/node_modules/code-server/lib/vscode
LIGHT_BUNDLERS := target/bundlers/.light
BUNDLERS := target/bundlers/.all
DENY := $(STAMPS)/cargo-deny-$(DENY_VERSION)
MUTANTS_TOOL := $(STAMPS)/cargo-mutants-$(MUTANTS_VERSION)
CHROMIUM := $(STAMPS)/chromium
HEADLESS := $(STAMPS)/headless
FIREFOX := $(STAMPS)/firefox
VALGRIND := $(STAMPS)/valgrind
CXX_COMPILER := $(STAMPS)/c++
# Evaluated when they are used, so after the browsers are there.
CHROMIUM_PATH = $(or $(CHROMIUM_BIN),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))
# Chromium's engine without its windows, which start with each page and take a third of the time of tests that are not timed.
HEADLESS_PATH = $(or $(CHROMIUM_BIN),$(shell command -v chromium-headless-shell),$(CHROMIUM_PATH))
FIREFOX_PATH = $(or $(FIREFOX_BIN),$(shell command -v firefox-esr || command -v firefox))

$(RUST_TARGET):
	@mkdir -p $(STAMPS)
	rustup target add wasm32-unknown-unknown \
	    || { echo "Could not add the Rust target wasm32-unknown-unknown; by hand: rustup target add wasm32-unknown-unknown"; exit 1; }
	@touch $@

# A shell function: `install CRATE VERSION FOLDER [OPTION]`. A debug build of the tools takes a fifth of the time of a release
# build, and less without what a debugger reads; they have little to do.
INSTALL := install() { \
	    if command -v cargo-binstall > /dev/null && cargo binstall -y --root "$$3" "$$1@$$2"; then return; fi; \
	    echo "Installing $$1 $$2 into $$3 (a few minutes, once)"; \
	    CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$$3/build/$$1" cargo install "$$1" --version "$$2" --debug --root "$$3" $$4 \
	        || { echo "Could not install $$1; by hand: cargo install $$1 --version $$2"; exit 1; }; \
	    rm -rf "$$3/build/$$1"; \
	}

# $(call tool,TEST,CRATE,VERSION,FOLDER,OPTION): what the path has and the test takes, or one in a folder of its own.
define tool
	@PATH="$4/bin:$$PATH"; $(INSTALL); \
	$1 || install $2 $3 "$4" "$5"
	@mkdir -p $(STAMPS)
	@touch $@
endef

# Without what only its runner of tests has use of.
$(WASM_BINDGEN): | $(RUST_TARGET)
	$(call tool,[[ "$$(wasm-bindgen --version 2> /dev/null)" == *" $(WASM_BINDGEN_VERSION)" ]],wasm-bindgen-cli,$(WASM_BINDGEN_VERSION),$(TOOLS),--bin wasm-bindgen --no-default-features)

$(WASM_PACK): | $(RUST_TARGET)
	$(call tool,command -v wasm-pack > /dev/null,wasm-pack,$(WASM_PACK_VERSION),$(TOOLS),--locked)

# $(call cargo_tool,CRATE,VERSION,FOLDER): a subcommand of cargo's.
cargo_tool = $(call tool,[[ "$$(cargo $(1:cargo-%=%) --version 2> /dev/null)" == "$1 $2" ]],$1,$2,$3,--locked)

$(DENY):
	$(call cargo_tool,cargo-deny,$(DENY_VERSION),$(DENY_TOOLS))

$(MUTANTS_TOOL):
	$(call cargo_tool,cargo-mutants,$(MUTANTS_VERSION),$(MUTANTS_TOOLS))

$(NODE_MODULES): package.json package-lock.json pkg/package.json www/package.json editors/vscode/package.json shared/gitignore/package.json
	npm ci --no-audit --no-fund
	@touch $@

# It comes with 250 packages, for publishing most of all, so it stands apart from those that the project is made with. What is
# optional there, and the scripts, build a store for passwords. Its version is the last one that runs on Node 20.
$(VSCE): tools/vsce/package-lock.json
	cd tools/vsce && npm ci --silent --no-audit --no-fund --ignore-scripts --omit=optional
	@touch $@

# TypeDoc is written against the compiler in JavaScript, of which TypeScript 6 is the last one; so it stands apart, with that.
$(TYPEDOC): tools/api/package-lock.json
	cd tools/api && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# Without its native modules: terminals and log files, which nothing here needs. Its lock names packages that it does not have.
$(CODE_SERVER)/node_modules:
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(STAMPS)/code-server-$(CODE_SERVER_VERSION) code-server@$(CODE_SERVER_VERSION)
	cd $(CODE_SERVER) && rm -f npm-shrinkwrap.json && npm install --silent --no-audit --no-fund --ignore-scripts --omit=dev

# $(call apt,PACKAGES): installs Debian's packages, where there are such and one may; one after the other, as apt takes no two at once.
apt = { command -v apt-get > /dev/null && [[ $$(id -u) == 0 ]] && flock tools/setup.mk bash -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $1" > /dev/null; }

# $(call debian,TEST,PACKAGES,WORDS): what the system has, or Debian's packages; where there are none, words that say what to do.
define debian
	@{ $1; } || $(call apt,$2) || { echo "$3"; exit 1; }
	@mkdir -p $(STAMPS)
	@touch $@
endef
COMMA := ,
FONTS := fonts-noto-cjk fonts-noto-color-emoji

$(CHROMIUM):
	$(call debian,[[ -n "$(CHROMIUM_PATH)" ]],chromium $(FONTS),The browser tests need Chromium: install it$(COMMA) or say where it is with CHROMIUM_BIN=/path/to/chromium)

$(HEADLESS): | $(CHROMIUM)
	@[[ "$(HEADLESS_PATH)" != "$(CHROMIUM_PATH)" || -n "$(CHROMIUM_BIN)" ]] || $(call apt,chromium-headless-shell) \
	    || echo "Without chromium-headless-shell the browser tests run in $(CHROMIUM_PATH), and take longer"
	@touch $@

$(FIREFOX):
	$(call debian,[[ -n "$(FIREFOX_PATH)" ]],firefox-esr $(FONTS),The browser tests need Firefox too: install it$(COMMA) or say where it is with FIREFOX_BIN=/path/to/firefox)

# It counts instructions, on Linux; `make budget` says so where it does not.
$(VALGRIND):
	$(call debian,[[ "$$(uname -sm)" != "Linux x86_64" ]] || command -v valgrind > /dev/null,valgrind,The budget counts instructions by Valgrind: install it (apt install valgrind))

# libFuzzer is built from the sources that its crate has.
$(CXX_COMPILER):
	$(call debian,command -v c++ > /dev/null,g++,The fuzzer needs a C++ compiler: install one (apt install g++))

# Of one lock file: `dependencies` are what `make test` uses, a few megabytes; `devDependencies` the rest, 700 MB.
$(LIGHT_BUNDLERS): tests/bundlers/package-lock.json
	@mkdir -p $(@D)
	cp tests/bundlers/package.json tests/bundlers/package-lock.json $(@D)
	cd $(@D) && npm ci --silent --no-audit --no-fund --ignore-scripts --omit=dev
	@touch $@

# Bun's script puts its program in place, which is there by then.
$(BUNDLERS): tests/bundlers/package-lock.json
	@mkdir -p $(@D)
	cp tests/bundlers/package.json tests/bundlers/package-lock.json $(@D)
	cd $(@D) && npm ci --silent --no-audit --no-fund --ignore-scripts && node node_modules/bun/install.js
	@touch $(LIGHT_BUNDLERS) $@

$(PEERS): benches/peers/package-lock.json
	cd benches/peers && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
