# Everything is done by the package `stack`, which needs Python 3.11 and nothing else.
PYTHON ?= python3
STACK = $(PYTHON) -m stack

.PHONY: demo stop reset install test performance check assets bench
demo:     ## Install what is missing, start a portal with sample content, print its address and logins
	@$(STACK) demo
stop:     ## Stop the demo's processes
	@$(STACK) stop
reset:    ## Wipe the demo's data after asking (FORCE=1: without)
	@$(STACK) reset
install:  ## Install packages, virtual environment and Solr for development and tests
	@$(STACK) install
test:     ## Start the test services, run all tests, stop the services (ARGS="-k name" narrows)
	@$(STACK) test $(ARGS)
performance:  ## Measure the load engine beside xloader and write the table into docs/performance.md (ROWS=1000000; services: test)
	@var/venv/bin/python -m benchmarks.load --rows $(or $(ROWS),1000000) --write docs/performance.md
check:    ## Style, types, rooms, budgets, translations, documentation
	@$(STACK) check
bench:    ## Measure the compliance view at national size beside yardsticks (BODIES=1000; the test services must run)
	@var/venv/bin/python -m benchmarks.compliance --markdown --bodies $(or $(BODIES),1000)
assets:   ## Bring the scripts that draw charts, pinned and checked, into the extension (needs npm)
	@$(STACK) assets
