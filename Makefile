# Minsheng (民声). Two commands matter: `make demo` and `make test`.

# The C libraries, as Debian's packages. What is there is not asked for again.
PACKAGES := libicu-dev libpcre2-dev libsqlite3-dev libyaml-dev libarchive-dev libexpat1-dev libgmime-3.0-dev \
	libxlsxwriter-dev
APT := $(if $(filter 0,$(shell id -u)),,sudo )apt-get -o DPkg::Lock::Timeout=600
DATA ?= demo-data
BINARY := .build/release/minsheng
STRICT := --explicit-target-dependency-import-check error

.PHONY: demo build desk test desk-test lint format bench model places fuzz install-packages clean

## Installs what is missing, builds, makes a data folder, imports the demo county, shows the queue.
demo: build
	@rm -rf $(DATA)
	$(BINARY) init --demo --data $(DATA)
	@echo
	$(BINARY) flags list --data $(DATA)
	@echo
	@echo "数据目录：$(DATA)（可用 --data $(DATA) 继续试：$(BINARY) flags show 1 --data $(DATA)）"

## The command line, optimised.
build: install-packages
	swift build -c release --product minsheng

## The desk's program beside it; `minsheng serve` starts it.
desk: build
	swift build -c release --product minsheng-desk

## All tests; those of the desk in a browser install what they need.
test: install-packages
	SWIFT_BACKTRACE=enable=no swift build --build-tests $(STRICT)
	SWIFT_BACKTRACE=enable=no swift test --skip-build
	Tests/DeskTests/Browser/run.sh

## The desk's tests from outside alone, over what is built.
desk-test:
	Tests/DeskTests/Browser/run.sh

## The house style, checked; `make format` mends what can be mended.
lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

## Trains the shipped model anew, from the lexicons' examples and the labelled sentences.
SENTENCES := Fixtures/sentences
model: build
	$(BINARY) model train --lexicons Lexicons --sentences $(SENTENCES)/development.jsonl $(SENTENCES)/boards.jsonl \
		--fresh $(SENTENCES)/development-2.jsonl $(SENTENCES)/development-3.jsonl $(SENTENCES)/genres.jsonl \
		$(SENTENCES)/borders.jsonl $(SENTENCES)/plain.jsonl \
		$(SENTENCES)/innocent.jsonl $(SENTENCES)/voices.jsonl $(SENTENCES)/everyday.jsonl \
		$(SENTENCES)/hotline.jsonl $(SENTENCES)/hotline-2.jsonl $(SENTENCES)/general.jsonl $(SENTENCES)/general-2.jsonl \
		$(sort $(wildcard $(SENTENCES)/ordinary*.jsonl))

## Trains the model of places anew, from the labelled lines, and builds it in.
places: build
	$(BINARY) gazetteer train $(sort $(wildcard Fixtures/places/*.jsonl)) --out Sources/CPlaces/places.bin
	swift build -c release --product minsheng

## Speed beside the Python baseline: see docs/benchmarks.md.
bench: build
	Benchmarks/run.sh

## Fuzzes every reader; SECONDS_EACH=600 goes on for longer.
fuzz: install-packages
	Fuzz/build.sh
	Fuzz/run.sh $(or $(SECONDS_EACH),60)

install-packages:
	@missing=; for p in $(PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then $(APT) update -qq && $(APT) install -y -qq --no-install-recommends $$missing; fi

clean:
	rm -rf .build $(DATA)
