"""The benchmark suite's runner: engines and programs (tables), process (one run), plan and store (what to run, what has been
run), stats and results (figures), report_* (what people read)."""
