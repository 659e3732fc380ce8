# Roost: `make demo` sets up, builds and shows it working; `make test` sets up and passes all tests.
SHELL := /bin/bash
.DEFAULT_GOAL := help

RELEASE := scripts/build-release
ROOST := .build/release/roost
FUNCTIONS := $(notdir $(patsubst %/main.swift,%,$(wildcard Sources/Functions/*/main.swift)))

.PHONY: help setup setup-tests build demo start test package bench bench-store bench-runtime format clean

help:
	@echo "make demo     set up, build, run all five functions locally on events and one scenario"
	@echo "make start    set up, build, serve template.yaml until Ctrl-C (options: make start ARGS='--port 0')"
	@echo "make test     set up and run all tests"
	@echo "make package  set up, build the functions' zips for Lambda into .build/lambda, with their sizes (on Linux)"
	@echo "make bench    set up, build, measure the emulator"
	@echo "make bench-store  measure the store beside a bare C server and moto (docs/store.md)"
	@echo "make bench-runtime  measure the runtime beside a bare C loop on libcurl (docs/performance.md)"
	@echo "make format   format the Swift sources"

setup:
	@scripts/setup

setup-tests:
	@scripts/setup --tests

build: setup
	$(RELEASE)

demo: build
	$(ROOST) demo $(ARGS)

start: build
	exec $(ROOST) start $(ARGS)

test: setup-tests
	PATH="$$PWD/.build/venv/bin:$$PATH" swift test
	$(RELEASE)
	.build/venv/bin/pytest -q Tests/Clients

# The no-op function is packaged to see what the runtime itself weighs.
package: setup
	scripts/package $(FUNCTIONS) noop

# What `sam build` calls (BuildMethod: makefile), with the folder to fill in ARTIFACTS_DIR.
build-AuthFunction: FUNCTION := auth
build-ApiFunction: FUNCTION := api
build-WebSocketConnectFunction: FUNCTION := websocket-connect
build-RoutingFunction: FUNCTION := routing
build-StreamProcessorFunction: FUNCTION := stream-processor
build-%Function:
	@[ -n "$(FUNCTION)" ] || { echo "$@: no such function; add it to the Makefile" >&2; exit 1; }
	scripts/package $(FUNCTION)
	cp -R .build/lambda/$(FUNCTION)/. "$(ARTIFACTS_DIR)"

bench: setup-tests
	$(RELEASE)
	.build/venv/bin/python Benchmarks/run.py $(ARGS)

bench-store: build
	@[ -x .build/bench-venv/bin/moto_server ] || { python3 -m venv .build/bench-venv && \
	  .build/bench-venv/bin/pip install -q 'moto[server]'; }
	python3 Benchmarks/store.py $(ARGS)

bench-runtime: setup-tests
	scripts/package noop echo
	Benchmarks/build-same-libcurl
	python3 Benchmarks/runtime.py $(ARGS)

format:
	swift format --in-place --recursive --parallel Package.swift Sources local-emulator Benchmarks Tests

clean:
	rm -rf .build
