# Everything a person types. CI calls the same targets. `make help` lists them.
.PHONY: help setup run test check sqlx bench scale soak e2e clean

help: ## This list
	@awk -F':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing on this machine (run, test and bench do it, too)
	@scripts/setup.sh test

run: ## Build and serve on localhost:3000 with two demo businesses; reloads on change; Ctrl-C ends all of it
	@scripts/run.sh

test: ## Everything tested: units, properties, integration, browser
	@scripts/test.sh

check: ## Formatting, lints, queries against the schema
	@scripts/check.sh

e2e: ## The browser tests alone
	@scripts/test.sh e2e

sqlx: ## Renew .sqlx/ after a change of queries or migrations
	@scripts/setup.sh run && scripts/sqlx.sh

bench: ## The hot paths under load, beside the same SQL through pgbench
	@scripts/bench.sh

scale: ## Many tenants: migrations of 500, the dashboard with 10,000
	@scripts/scale.sh

soak: ## 100,000 random operations by 16 writers, and what must hold after them (ten minutes)
	@scripts/soak.sh

clean: ## Stop the private databases and remove them (the demo's rows, too)
	@scripts/pg.sh stop dev; scripts/pg.sh stop test; scripts/pg.sh stop bench; rm -rf .dev target
