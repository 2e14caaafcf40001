# SPDX-FileCopyrightText: The maillage contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# maillage: GNU make, no configure step, headers tracked by the compiler.
# `make help` lists the targets. A variant of the build is another BUILD= and CFLAGS=
# (see asan); WERROR= builds with a compiler that warns about more than ours.

BUILD   ?= build
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
WERROR  ?= -Werror
OPENMP  ?= -fopenmp
CLANG   ?= clang
FUZZ_SECONDS ?= 60
STUDIES ?= 2000

# Results are the same bytes on every machine: no -march, no contraction of a*b+c.
CSTD    := -std=c11 -D_GNU_SOURCE -ffp-contract=off
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
           -Wmissing-prototypes -Wformat=2 -Wvla $(WERROR)
# What the program leaves in a file must not tell where it was built.
REPRO   ?= -ffile-prefix-map=$(CURDIR)=.
HARDEN  ?= -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
           -fstack-clash-protection -fPIE -fvisibility=hidden \
           $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
LINK    ?= -pie -Wl,-z,relro,-z,now,-z,noexecstack

# igraph renames types and changes signatures in 1.0; 0.9 has other ones still.
PKGS    := igraph >= 0.10 igraph < 1.0 gsl jansson libutf8proc nettle sqlite3
SANE    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

MAKEFLAGS += --no-print-directory
# One short line a file; V=1 shows the commands.
say     = $(if $(V),,@echo "  $(1) $(2)";)
# A make called inside a recipe uses both cores, unless the user said how many.
AGAIN   = $(MAKE) $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

# The libraries are looked up once, and only for goals that compile: on a fresh
# system `run` and `test` install them first and then call make again.
ifneq ($(filter-out help clean deps run test format format-check,$(or $(MAKECMDGOALS),all)),)
  MISSING := $(shell pkg-config --print-errors --exists '$(PKGS)' 2>&1 || echo '(pkg-config says no)')
  # libcsv comes without a .pc file.
  MISSING += $(shell echo '\#include <csv.h>' | $(CC) -E - >/dev/null 2>&1 || echo 'csv.h (libcsv) is missing')
  ifneq ($(strip $(MISSING)),)
    $(error $(MISSING) -- scripts/install_deps.sh installs what is missing)
  endif
  # -isystem: our warnings are for our code.
  LIB_CPP := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags '$(PKGS)'))
  LIB_LD  := $(shell pkg-config --libs '$(PKGS)') -lcsv -lm
  CHECK_CPP := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags check 2>/dev/null))
  CHECK_LD  := $(shell pkg-config --libs check 2>/dev/null)
endif

FLAGS    = $(CSTD) $(WARN) $(HARDEN) $(REPRO) $(OPENMP) -Iinclude -Isrc $(LIB_CPP) $(CPPFLAGS) $(CFLAGS)

LIB_SRC := $(filter-out src/cli/%,$(wildcard src/*/*.c))
LIB_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(LIB_SRC)) $(patsubst %.S,$(BUILD)/%.o,$(wildcard src/*/*.S))
CLI_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))
SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
BENCHES := $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/bench_*.c))
CALIBRATION := $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/calibration.c,$(wildcard bench/calibration/*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
LIBRARY := $(BUILD)/libmaillage.a
PROGRAM := $(BUILD)/maillage

.PHONY: all run test check suites asan valgrind cover lint format format-check layers headers docs \
        cases bench calibration fuzz clang test-browser test-export test-kills oracle \
        install uninstall clean help deps
.SECONDARY:
.DELETE_ON_ERROR:

all: $(PROGRAM)  ## build the program, build/maillage (the default)

run:  ## install what is missing, build, report on two shipped studies
	@scripts/install_deps.sh
	+@$(AGAIN) all
	$(PROGRAM) report datasets/emon/wichita -o $(BUILD)/report-wichita
	@echo
	$(PROGRAM) report datasets/demo -o $(BUILD)/report-demo
	@echo
	@echo "Two reports, to open in a browser:"
	@echo "  $(BUILD)/report-wichita/report.html  a real network of organisations"
	@echo "  $(BUILD)/report-demo/report.html     an illustrative French territory (invented)"

test:  ## install what is missing, build, run every test
	@scripts/install_deps.sh --test
	+@$(AGAIN) check

check: suites  ## run every test; ends with `N passed, N failed`
	@CC='$(CC)' CXX='$(CXX)' CPPFLAGS='$(LIB_CPP)' scripts/run_tests.sh $(BUILD) $(TESTS)

suites: $(PROGRAM) $(TESTS)

asan:  ## the same tests under the address, undefined and leak sanitizers
	+@$(AGAIN) BUILD=build/asan CFLAGS='$(SANE)' HARDEN= LINK= check

valgrind:  ## the same tests under valgrind: bad accesses and definite leaks
	+@$(AGAIN) BUILD=build/valgrind CFLAGS='-O1 -g' HARDEN= LINK= suites
	@WITH_VALGRIND=yes scripts/run_tests.sh build/valgrind \
	    $(patsubst $(BUILD)/%,build/valgrind/%,$(TESTS))

cover:  ## how many lines the tests run; fails under 90 % of src/ below cli/
	@rm -rf build/cover
	+@$(AGAIN) BUILD=build/cover CFLAGS='-O0 -g --coverage' HARDEN= LINK= REPRO= check
	@scripts/check_cover.sh build/cover 90

lint:  ## clang-tidy and cppcheck over src/
	@printf '%s\n' $(wildcard src/*/*.c) | xargs -P $(shell nproc) -n 4 sh -c \
	    'clang-tidy --quiet "$$@" -- $(CSTD) $(OPENMP) -Iinclude -Isrc $(LIB_CPP) 2>/dev/null' lint
	@cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	    --suppress=missingIncludeSystem --suppress=ctunullpointer --suppress=ctuuninitvar -D_GNU_SOURCE -Iinclude -Isrc src

format:  ## rewrite the sources as .clang-format says
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

format-check:  ## fail when `make format` would change something
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format --dry-run -Werror

layers:  ## fail when a folder of src/ sees what stands above it
	@CC='$(CC)' CPPFLAGS='$(LIB_CPP)' scripts/check_layers.sh

headers:  ## compile each public header alone, as C11 and as C++11
	@CC='$(CC)' CXX='$(CXX)' scripts/check_headers.sh

docs:  ## fail when a measure does not say Undefined, Cost and Source
	@scripts/check_docs.sh

cases: $(PROGRAM)  ## run the golden commands of tests/cases
	@scripts/run_cases.sh --program $(PROGRAM)

bench: $(BENCHES)  ## time ingest, projection and removals against other programs
	@for bench in $(sort $^); do echo "== $$bench"; $$bench || exit 1; done

calibration: $(BUILD)/bench/calibration/calibration  ## do p-values hold their level? (STUDIES=2000 of each shape)
	@$< --studies $(STUDIES) --threads $(shell nproc) --csv $(BUILD)/calibration.csv

test-kills: $(PROGRAM)  ## kill a simulation 200 times (KILLS=200): resuming gives the same bytes
	@scripts/test_kills.sh $(PROGRAM) $(or $(KILLS),200)

fuzz:  ## feed random input to each reader (needs clang; FUZZ_SECONDS=60 each)
	+@$(AGAIN) BUILD=build/fuzz CC=$(CLANG) HARDEN= OPENMP= WERROR= LINK= \
	    CFLAGS='$(SANE) -fsanitize=fuzzer-no-link -Wno-unknown-pragmas' fuzzers
	@for fuzzer in $(patsubst $(BUILD)/%,build/fuzz/%,$(FUZZERS)); do \
	    corpus=tests/fuzz/corpus/$${fuzzer##*/}; mkdir -p build/fuzz/found; echo "== $$fuzzer"; \
	    $$fuzzer -max_total_time=$(FUZZ_SECONDS) build/fuzz/found $$(ls -d $$corpus 2>/dev/null) || exit 1; done

clang:  ## build everything with clang too, warnings being errors
	+@$(AGAIN) BUILD=build/clang CC=$(CLANG) suites

test-browser: $(PROGRAM)  ## a report in a browser: hostile names, search, keyboard, paper (needs chromium)
	@scripts/test_browser.sh --study $(PROGRAM)

test-export: $(PROGRAM)  ## read exports back with networkx and igraph (Python, R) where they are
	@scripts/test_export.sh $(PROGRAM) || [ $$? -eq 77 ]

oracle: $(PROGRAM)  ## random networks measured by maillage and by networkx, scipy, R (sna, igraph, vegan)
	@scripts/check_oracle.sh $(PROGRAM) || [ $$? -eq 77 ]

install: all  ## install below PREFIX (/usr/local)
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/maillage
	install -D -m 644 $(LIBRARY) $(DESTDIR)$(PREFIX)/lib/libmaillage.a
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/include include/maillage.h
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/include/maillage include/maillage/*.h
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/maillage/france datasets/france/*
	@mkdir -p $(DESTDIR)$(PREFIX)/share/man/man1
	$(PROGRAM) help manual --lang en >$(DESTDIR)$(PREFIX)/share/man/man1/maillage.1

uninstall:  ## remove what `make install` put there
	rm -f $(DESTDIR)$(PREFIX)/bin/maillage $(DESTDIR)$(PREFIX)/lib/libmaillage.a \
	    $(DESTDIR)$(PREFIX)/include/maillage.h $(DESTDIR)$(PREFIX)/share/man/man1/maillage.1
	rm -rf $(DESTDIR)$(PREFIX)/include/maillage $(DESTDIR)$(PREFIX)/share/maillage

deps:  ## install the packages of every target (--dev: a browser, clang, valgrind ...)
	scripts/install_deps.sh --dev

clean:  ## remove what was built
	rm -rf build

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(LIBRARY): $(LIB_OBJ)
	@rm -f $@
	$(call say,AR,$@)$(AR) rcsD $@ $(LIB_OBJ)

$(PROGRAM): $(CLI_OBJ) $(LIBRARY)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(OPENMP) $(LINK) $(LDFLAGS) $^ $(LIB_LD) -o $@

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(FLAGS) -MMD -MP -c $< -o $@

# The page's style and script travel inside the program (.incbin), without their comments and indents.
$(BUILD)/%.css: %.css Makefile
	@mkdir -p $(@D)
	$(call say,CSS,$<)sed -E -e 's| *\/\*[^*]*\*\/||' -e 's|^ +||' -e 's| +\{|{|' -e 's|([{:;,]) +|\1|g' -e 's|;?\}|}|g' -e '/^$$/d' $< > $@

$(BUILD)/%.js: %.js Makefile
	@mkdir -p $(@D)
	$(call say,JS,$<)sed -E -e 's|^ +||' -e '/^\/\//d' -e '/^$$/d' \
		-e 's/ (=>|=|===|!==|&&|[+]|[?]|[?][?]) /\1/g' -e "s/([^']), /\1,/g" -e 's/\) \{/){/g' $< > $@

$(BUILD)/%.o: %.S Makefile $(patsubst %,$(BUILD)/%,$(wildcard src/report/*.css src/report/*.js))
	@mkdir -p $(@D)
	$(call say,AS,$<)$(CC) -Wa,-I$(BUILD)/src/report -c $< -o $@

$(BUILD)/tests/unit/%.o $(BUILD)/tests/support/%.o: FLAGS += -Itests/support $(CHECK_CPP)
# The suites wait for their compiler more than for themselves.
$(BUILD)/tests/unit/%.o: FLAGS += $(if $(filter -O2,$(CFLAGS)),-O0 -U_FORTIFY_SOURCE)
$(BUILD)/tests/test_%: $(BUILD)/tests/unit/test_%.o $(SUPPORT) $(LIBRARY)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(OPENMP) $(LINK) $(LDFLAGS) $^ $(CHECK_LD) $(LIB_LD) -o $@

$(BUILD)/bench/calibration/calibration: $(BUILD)/bench/calibration/calibration.o $(CALIBRATION) $(LIBRARY)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(OPENMP) $(LINK) $(LDFLAGS) $^ $(LIB_LD) -o $@

# The calibration's parts have a test of their own.
$(BUILD)/tests/unit/test_calibration.o: FLAGS += -Ibench/calibration
$(BUILD)/tests/test_calibration: $(BUILD)/tests/unit/test_calibration.o $(CALIBRATION) $(LIBRARY)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(OPENMP) $(LINK) $(LDFLAGS) $^ $(CHECK_LD) $(LIB_LD) -o $@

$(BUILD)/bench/%: $(BUILD)/bench/%.o $(LIBRARY)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(OPENMP) $(LINK) $(LDFLAGS) $^ $(LIB_LD) -o $@

.PHONY: fuzzers
fuzzers: $(FUZZERS)
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) $^ $(LIB_LD) -o $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
